# Nothing
/* at all */
// here
