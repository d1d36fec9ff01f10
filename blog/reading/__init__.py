"""What readers get: pages, lists, feeds. Rendered without a request, so that nothing personal can get into them."""
