"""What was learned from reports with known answers: incidents with their roles, by weights.

Linear models only. They work on lower-case text, so that reports in capitals can be read.
"""
