# A hash comment with { brackets ( and "quotes
// A slash comment } ] )
/* A block
   comment { with "quote */
tables = { // after a brace
  # between
  users /* in the middle */ = { # trailing
    partition_key = "id" // "sort_key" = "no"
    /* sort_key = "commented" */
    purpose = "not # a comment" /* x */
  }
}
# the end
