"""Pages of the applicant and the respondent."""
