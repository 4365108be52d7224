"""What a company's accounts say: margins, mixes, costs that grow with sales, inventories and orders in hand."""
