"""The trade itself: options, short positions and their size, the day of an event, how classes of shares fared."""
