Dear platform team, please make me a table. Thanks!
