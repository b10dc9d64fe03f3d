"""Pure views: from what a port answers to the finished words of one page."""
