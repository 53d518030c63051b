//! Every setting. (To be filled.)
