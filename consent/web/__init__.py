"""Pages of consent: the review desk and the legal-basis table. They only translate; services and selectors decide."""
