-- ImportRepository in libs/people/import/import.repository.ts. Written by npm run schema.

-- begin
select app.import_begin() as id;

select app.begin_import($1) as id;

-- add
select app.import_add($1, $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::date[], $11::date[]);

select app.add_import_rows($1, $2, $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::date[], $12::date[]);

-- finish
select app.import_finish($1, $2, $3, $4, $5::jsonb, $6) as id;

select app.finish_import($1, $2, null, null, 'EVERYTHING', $3, $4, $5, $6::jsonb, $7) as id;

-- findByIds
select "i"."id" as "id",
  "i"."at" as "at",
  "i"."by_id" as "byId",
  "i"."dry_run" as "dryRun",
  "i"."rows" as "rows",
  "i"."error_count" as "errorCount",
  "i"."errors" as "errors",
  "o"."created" as "created",
  "o"."changed" as "changed",
  "o"."ended" as "ended",
  "o"."restored" as "restored",
  "o"."managers_changed" as "managersChanged",
  "o"."unchanged" as "unchanged",
  "o"."absent_count" as "absentCount",
  "o"."absent" as "absent",
  o.error_count as "directoryErrorCount",
  o.errors as "directoryErrors"
from import_report i
left join import_outcome o on o.report_id = i.id
where i.id = any($1::uuid[]);

-- findById
select "i"."id" as "id",
  "i"."at" as "at",
  "i"."by_id" as "byId",
  "i"."dry_run" as "dryRun",
  "i"."rows" as "rows",
  "i"."error_count" as "errorCount",
  "i"."errors" as "errors",
  "o"."created" as "created",
  "o"."changed" as "changed",
  "o"."ended" as "ended",
  "o"."restored" as "restored",
  "o"."managers_changed" as "managersChanged",
  "o"."unchanged" as "unchanged",
  "o"."absent_count" as "absentCount",
  "o"."absent" as "absent",
  o.error_count as "directoryErrorCount",
  o.errors as "directoryErrors"
from import_report i
left join import_outcome o on o.report_id = i.id
where i.id = any($1::uuid[]);

-- findPage
select "i"."id" as "id",
  "i"."at" as "at",
  "i"."by_id" as "byId",
  "i"."dry_run" as "dryRun",
  "i"."rows" as "rows",
  "i"."error_count" as "errorCount",
  "i"."errors" as "errors",
  "o"."created" as "created",
  "o"."changed" as "changed",
  "o"."ended" as "ended",
  "o"."restored" as "restored",
  "o"."managers_changed" as "managersChanged",
  "o"."unchanged" as "unchanged",
  "o"."absent_count" as "absentCount",
  "o"."absent" as "absent",
  o.error_count as "directoryErrorCount",
  o.errors as "directoryErrors",
  (i.at)::text as "cursorKey1",
  (i.id)::text as "cursorKey2"
from import_report i
left join import_outcome o on o.report_id = i.id
where i.organization_id = $1
  and (i.at, i.id) > ($2::timestamptz, $3::uuid)
order by i.at asc,
  i.id asc
limit $4;

select "i"."id" as "id",
  "i"."at" as "at",
  "i"."by_id" as "byId",
  "i"."dry_run" as "dryRun",
  "i"."rows" as "rows",
  "i"."error_count" as "errorCount",
  "i"."errors" as "errors",
  "o"."created" as "created",
  "o"."changed" as "changed",
  "o"."ended" as "ended",
  "o"."restored" as "restored",
  "o"."managers_changed" as "managersChanged",
  "o"."unchanged" as "unchanged",
  "o"."absent_count" as "absentCount",
  "o"."absent" as "absent",
  o.error_count as "directoryErrorCount",
  o.errors as "directoryErrors",
  (i.at)::text as "cursorKey1",
  (i.id)::text as "cursorKey2"
from import_report i
left join import_outcome o on o.report_id = i.id
where i.organization_id = $1
  and true
order by i.at desc,
  i.id desc
limit $2;
