-- The question of the question bank that a talking point takes up, so that the same question is not offered again soon. The bank is part of
-- the code, so there is no foreign key.
alter table talking_point add column question_id text;
alter table talking_point add constraint talking_point_question_id_check
  check (char_length(question_id) between 1 and 60) not valid;
alter table talking_point validate constraint talking_point_question_id_check;
