"""Make tables of counts fit to leave an office: hide, round or blur what would tell about single persons."""
