namespace writ::plan {}
