-- Runs, and the pairs that they were in, are questions to activities and to pairs worn: no tables of their own.
drop table if exists run;
drop table if exists run_shoe;
delete from current_state;
