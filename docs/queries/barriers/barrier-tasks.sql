-- BarrierTasksRepository in libs/barriers/worker/barrier-tasks.repository.ts. Written by npm run schema.

-- publishNameless
select app.publish_nameless_barriers() as published;

-- remind
select app.remind_of_due_barriers() as queued;

-- remindAdministrators
select app.remind_of_areas_without_answerer() as queued;
