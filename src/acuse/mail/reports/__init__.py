"""What comes back of our mail: any bytes become an `acuse.domain.report.Report` (`read.read`)."""
