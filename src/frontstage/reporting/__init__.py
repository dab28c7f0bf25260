"""What a head of service looks at: promises kept, satisfaction, gaps, initiatives and the worst cases on one page.

It reads across the house and writes nothing; every figure it shows links to what it was counted from.
"""
