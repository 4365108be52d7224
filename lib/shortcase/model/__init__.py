"""Pure formulas, one module a subject: floats, arrays of draws and traced inputs alike."""
