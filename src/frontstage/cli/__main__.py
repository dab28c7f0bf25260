from frontstage.cli.program import main

main()
