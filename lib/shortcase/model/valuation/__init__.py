"""What a company is worth: discounted cash flows forward and in reverse, growth and return that fade, multiples."""
