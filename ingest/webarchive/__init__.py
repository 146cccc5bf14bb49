"""Web archives: WARC, ARC and WACZ, each page in them an article."""
