-- Each day's load on the knee and whether it was a hard one are kept for readers: everything is measured anew once.
delete from current_state;
