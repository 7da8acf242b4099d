"""Technical helpers without models and without a word of the business."""
