"""Where everything is on the site: URLs and output paths, pagination of lists, reserved paths."""
