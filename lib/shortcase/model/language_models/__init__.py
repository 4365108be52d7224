"""Language models: operations, memory and cost of training and of answering; scaling laws; tests and their errors."""
