-- What the database consists of, read from its catalogue: npm run schema writes this file, nobody edits it.

-- Extensions

create extension btree_gist;
create extension pg_trgm;

-- Schemas

create schema app;
create schema graphile_worker;

-- Types

create type graphile_worker.job_spec as (identifier text, payload json, queue_name text, run_at timestamp with time zone, max_attempts smallint, job_key text, priority smallint, flags text[]);

-- Tables: columns by name, then constraints, indexes, triggers, policies and what is not the default

create table account (
  created_at timestamp with time zone not null default now(),
  disabled_at timestamp with time zone,
  organization_id uuid not null,
  password_changed_at timestamp with time zone not null default now(),
  password_hash text not null,
  person_id uuid not null,
  reminded_month_before timestamp with time zone,
  reminded_week_before timestamp with time zone,
  sign_in_address text not null,
  constraint account_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint account_pkey PRIMARY KEY (person_id),
  constraint account_sign_in_address_check CHECK (((char_length(sign_in_address) >= 3) AND (char_length(sign_in_address) <= 254)))
);
CREATE UNIQUE INDEX account_sign_in_address_key ON public.account USING btree (folded_address(sign_in_address));
CREATE TRIGGER account_closed AFTER DELETE OR UPDATE OF disabled_at ON public.account FOR EACH ROW EXECUTE FUNCTION app.account_closed();
alter table account enable row level security;
create policy account_select_own on account for select to mutual_app
  using ((person_id = ( SELECT app.signed_in_person() AS signed_in_person)));

create table action_item (
  closed_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  created_by_id uuid not null,
  due_at timestamp with time zone,
  due_on date,
  due_set_by_owner boolean not null default false,
  id uuid not null default uuidv7(),
  kept boolean,
  late_at timestamp with time zone,
  made_in_id uuid,
  one_to_one_id uuid not null,
  organization_id uuid not null,
  owner_id uuid not null,
  renegotiated integer not null default 0,
  state text not null default 'OPEN'::text,
  text text not null,
  version integer not null default 1,
  constraint action_item_closed CHECK (((state = 'OPEN'::text) = (closed_at IS NULL))),
  constraint action_item_due CHECK (((due_on IS NULL) = (due_at IS NULL))),
  constraint action_item_kept CHECK (((kept IS NULL) OR ((state <> 'OPEN'::text) AND (due_on IS NOT NULL)))),
  constraint action_item_late CHECK (
CASE
    WHEN (due_at IS NULL) THEN (late_at IS NULL)
    ELSE COALESCE((late_at >= due_at), false)
END) NOT VALID,
  constraint action_item_made_in_fkey FOREIGN KEY (organization_id, made_in_id) REFERENCES conversation(organization_id, id) ON DELETE SET NULL (made_in_id) NOT VALID,
  constraint action_item_organization_id_created_by_id_fkey FOREIGN KEY (organization_id, created_by_id) REFERENCES person(organization_id, id),
  constraint action_item_organization_id_id_key UNIQUE (organization_id, id),
  constraint action_item_organization_id_one_to_one_id_fkey FOREIGN KEY (organization_id, one_to_one_id) REFERENCES one_to_one(organization_id, id) ON DELETE CASCADE,
  constraint action_item_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES person(organization_id, id),
  constraint action_item_pkey PRIMARY KEY (id),
  constraint action_item_renegotiated_check CHECK ((renegotiated >= 0)),
  constraint action_item_state_check CHECK ((state = ANY (ARRAY['OPEN'::text, 'DONE'::text, 'DROPPED'::text]))),
  constraint action_item_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 20000))),
  constraint action_item_text_nfc CHECK ((text IS NFC NORMALIZED))
);
CREATE INDEX action_item_conversation_idx ON public.action_item USING btree (made_in_id, id);
CREATE INDEX action_item_one_to_one_idx ON public.action_item USING btree (one_to_one_id, id DESC);
CREATE INDEX action_item_owner_idx ON public.action_item USING btree (owner_id, due_on, id) WHERE (state = 'OPEN'::text);
CREATE TRIGGER action_item_derive BEFORE INSERT OR UPDATE ON public.action_item FOR EACH ROW EXECUTE FUNCTION app.action_item_derive();
CREATE TRIGGER action_item_guard BEFORE INSERT OR UPDATE ON public.action_item FOR EACH ROW WHEN (row_security_active(('action_item'::regclass)::oid)) EXECUTE FUNCTION app.action_item_guard();
CREATE TRIGGER record_action_item_added AFTER INSERT ON public.action_item FOR EACH ROW EXECUTE FUNCTION app.record_action_item_change();
CREATE TRIGGER record_action_item_changed AFTER UPDATE ON public.action_item FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION app.record_action_item_change();
CREATE TRIGGER record_action_item_deleted AFTER DELETE ON public.action_item FOR EACH ROW EXECUTE FUNCTION app.record_action_item_change();
alter table action_item enable row level security;
create policy action_item_delete_author on action_item for delete to mutual_app
  using (((created_by_id = ( SELECT app.viewer() AS viewer)) AND (created_at > (now() - '00:10:00'::interval)) AND (one_to_one_id = ANY (( SELECT app.one_to_one_ids() AS one_to_one_ids)::uuid[]))));
create policy action_item_insert_participants on action_item for insert to mutual_app
  with check (((created_by_id = ( SELECT app.viewer() AS viewer)) AND (one_to_one_id = ANY (( SELECT app.open_one_to_one_ids() AS open_one_to_one_ids)::uuid[])) AND (EXISTS ( SELECT 1
   FROM one_to_one o
  WHERE ((o.id = action_item.one_to_one_id) AND ((action_item.owner_id = o.first_id) OR (action_item.owner_id = o.second_id))))) AND ((made_in_id IS NULL) OR (EXISTS ( SELECT 1
   FROM conversation c
  WHERE ((c.id = action_item.made_in_id) AND (c.one_to_one_id = action_item.one_to_one_id) AND (c.off_the_record_by_id IS NULL)))))));
create policy action_item_select_participants on action_item for select to mutual_app
  using ((one_to_one_id = ANY (( SELECT app.one_to_one_ids() AS one_to_one_ids)::uuid[])));
create policy action_item_update_participants on action_item for update to mutual_app
  using ((one_to_one_id = ANY (( SELECT app.one_to_one_ids() AS one_to_one_ids)::uuid[])));

create table action_item_version (
  at timestamp with time zone not null default now(),
  author_id uuid not null,
  item_id uuid not null,
  organization_id uuid not null,
  started_at timestamp with time zone not null default now(),
  text text not null,
  version integer not null,
  constraint action_item_version_organization_id_author_id_fkey FOREIGN KEY (organization_id, author_id) REFERENCES person(organization_id, id),
  constraint action_item_version_organization_id_item_id_fkey FOREIGN KEY (organization_id, item_id) REFERENCES action_item(organization_id, id) ON DELETE CASCADE,
  constraint action_item_version_pkey PRIMARY KEY (item_id, version),
  constraint action_item_version_text_nfc CHECK ((text IS NFC NORMALIZED))
);
alter table action_item_version enable row level security;
create policy action_item_version_insert_participants on action_item_version for insert to mutual_app
  with check (((author_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM action_item i
  WHERE ((i.id = action_item_version.item_id) AND (i.one_to_one_id = ANY (( SELECT app.open_one_to_one_ids() AS open_one_to_one_ids)::uuid[])))))));
create policy action_item_version_select_participants on action_item_version for select to mutual_app
  using ((EXISTS ( SELECT 1
   FROM action_item i
  WHERE (i.id = action_item_version.item_id))));
create policy action_item_version_update_author on action_item_version for update to mutual_app
  using (((author_id = ( SELECT app.viewer() AS viewer)) AND (started_at > (now() - '00:10:00'::interval)) AND (EXISTS ( SELECT 1
   FROM action_item i
  WHERE ((i.id = action_item_version.item_id) AND (i.one_to_one_id = ANY (( SELECT app.open_one_to_one_ids() AS open_one_to_one_ids)::uuid[])))))));

create table address_change (
  effective_at timestamp with time zone not null default (now() + '7 days'::interval),
  new_address text not null,
  new_confirmed_at timestamp with time zone,
  new_token_hash bytea,
  old_confirmed_at timestamp with time zone,
  old_token_hash bytea,
  organization_id uuid not null,
  person_id uuid not null,
  requested_at timestamp with time zone not null default now(),
  constraint address_change_new_address_check CHECK (((char_length(new_address) >= 3) AND (char_length(new_address) <= 254))),
  constraint address_change_new_token_hash_key UNIQUE (new_token_hash),
  constraint address_change_old_token_hash_key UNIQUE (old_token_hash),
  constraint address_change_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint address_change_person_id_fkey FOREIGN KEY (person_id) REFERENCES account(person_id),
  constraint address_change_pkey PRIMARY KEY (person_id)
);
alter table address_change enable row level security;
create policy address_change_nobody on address_change for all to mutual_app
  using (false);

create table agenda_template (
  id uuid not null default uuidv7(),
  name text not null,
  organization_id uuid not null,
  owner_id uuid not null,
  points text[] not null,
  version integer not null default 1,
  constraint agenda_template_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 1000))),
  constraint agenda_template_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES person(organization_id, id),
  constraint agenda_template_pkey PRIMARY KEY (id),
  constraint agenda_template_points_check CHECK (((cardinality(points) >= 1) AND (cardinality(points) <= 30)))
);
CREATE UNIQUE INDEX agenda_template_name_key ON public.agenda_template USING btree (owner_id, folded_name(name));
alter table agenda_template enable row level security;
create policy agenda_template_delete_own on agenda_template for delete to mutual_app
  using ((owner_id = ( SELECT app.viewer() AS viewer)));
create policy agenda_template_insert_own on agenda_template for insert to mutual_app
  with check (((owner_id = ( SELECT app.viewer() AS viewer)) AND (organization_id = ( SELECT app.organization() AS organization))));
create policy agenda_template_select_own on agenda_template for select to mutual_app
  using ((owner_id = ( SELECT app.viewer() AS viewer)));
create policy agenda_template_update_own on agenda_template for update to mutual_app
  using ((owner_id = ( SELECT app.viewer() AS viewer)));

create table alignment (
  business_goal_id uuid not null,
  how text,
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  owner_id uuid not null,
  personal_goal_id uuid not null,
  proposed_at timestamp with time zone,
  proposed_by_id uuid not null,
  state text not null,
  constraint alignment_how_check CHECK (((char_length(how) >= 1) AND (char_length(how) <= 20000))),
  constraint alignment_how_nfc CHECK ((how IS NFC NORMALIZED)),
  constraint alignment_organization_id_business_goal_id_fkey FOREIGN KEY (organization_id, business_goal_id) REFERENCES business_goal(organization_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint alignment_organization_id_id_owner_id_key UNIQUE (organization_id, id, owner_id),
  constraint alignment_organization_id_personal_goal_id_owner_id_fkey FOREIGN KEY (organization_id, personal_goal_id, owner_id) REFERENCES personal_goal(organization_id, id, owner_id) ON DELETE CASCADE,
  constraint alignment_organization_id_proposed_by_id_fkey FOREIGN KEY (organization_id, proposed_by_id) REFERENCES person(organization_id, id),
  constraint alignment_pkey PRIMARY KEY (id),
  constraint alignment_proposed CHECK (((state = 'PROPOSED'::text) = (proposed_at IS NOT NULL))),
  constraint alignment_proposed_by_another CHECK (((state = 'PLACED'::text) OR (proposed_by_id <> owner_id))),
  constraint alignment_state_check CHECK ((state = ANY (ARRAY['PROPOSED'::text, 'PLACED'::text])))
);
CREATE INDEX alignment_business_goal_idx ON public.alignment USING btree (business_goal_id);
CREATE INDEX alignment_owner_idx ON public.alignment USING btree (owner_id, state);
CREATE UNIQUE INDEX alignment_placed_key ON public.alignment USING btree (personal_goal_id, business_goal_id) WHERE (state = 'PLACED'::text);
CREATE INDEX alignment_proposed_by_idx ON public.alignment USING btree (proposed_by_id) WHERE (state = 'PROPOSED'::text);
CREATE UNIQUE INDEX alignment_proposed_key ON public.alignment USING btree (personal_goal_id, business_goal_id, proposed_by_id) WHERE (state = 'PROPOSED'::text);
CREATE TRIGGER alignment_after_write AFTER INSERT OR UPDATE OF state ON public.alignment FOR EACH ROW EXECUTE FUNCTION app.alignment_after_write();
CREATE TRIGGER alignment_before_insert BEFORE INSERT ON public.alignment FOR EACH ROW EXECUTE FUNCTION app.alignment_before_insert();
CREATE TRIGGER alignment_before_place BEFORE UPDATE OF state ON public.alignment FOR EACH ROW WHEN ((new.state = 'PLACED'::text)) EXECUTE FUNCTION app.alignment_before_place();
CREATE TRIGGER alignment_guard BEFORE UPDATE ON public.alignment FOR EACH ROW WHEN (row_security_active(('alignment'::regclass)::oid)) EXECUTE FUNCTION app.alignment_guard();
CREATE TRIGGER alignment_how_changed AFTER UPDATE ON public.alignment FOR EACH ROW WHEN ((new.how IS DISTINCT FROM old.how)) EXECUTE FUNCTION app.alignment_how_changed();
alter table alignment enable row level security;
create policy alignment_delete_placed on alignment for delete to mutual_app
  using (((owner_id = ( SELECT app.viewer() AS viewer)) AND (state = 'PLACED'::text)));
create policy alignment_insert_placed on alignment for insert to mutual_app
  with check (((state = 'PLACED'::text) AND (owner_id = ( SELECT app.viewer() AS viewer)) AND (proposed_by_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM personal_goal g
  WHERE ((g.id = alignment.personal_goal_id) AND (g.owner_id = ( SELECT app.viewer() AS viewer))))) AND (EXISTS ( SELECT 1
   FROM business_goal b
  WHERE (b.id = alignment.business_goal_id)))));
create policy alignment_insert_proposed on alignment for insert to mutual_app
  with check (((state = 'PROPOSED'::text) AND (proposed_by_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM personal_goal g
  WHERE ((g.id = alignment.personal_goal_id) AND (g.owner_id = alignment.owner_id) AND g.open_to_proposals))) AND (EXISTS ( SELECT 1
   FROM business_goal b
  WHERE ((b.id = alignment.business_goal_id) AND ((b.state <> 'DRAFT'::text) OR (b.owner_id = alignment.owner_id) OR (EXISTS ( SELECT 1
           FROM business_goal_assignee a
          WHERE ((a.business_goal_id = b.id) AND (a.person_id = alignment.owner_id))))))))));
create policy alignment_select_visible on alignment for select to mutual_app
  using ((((state = 'PLACED'::text) AND (owner_id = ( SELECT app.signed_in_person() AS signed_in_person))) OR ((state = 'PLACED'::text) AND (EXISTS ( SELECT 1
   FROM personal_goal g
  WHERE (g.id = alignment.personal_goal_id)))) OR ((state = 'PROPOSED'::text) AND (proposed_at > (now() - '30 days'::interval)) AND ((owner_id = ( SELECT app.signed_in_person() AS signed_in_person)) OR ((proposed_by_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM personal_goal g
  WHERE (g.id = alignment.personal_goal_id))))))));
create policy alignment_update_own on alignment for update to mutual_app
  using ((owner_id = ( SELECT app.viewer() AS viewer)));

create table alignment_decline (
  alignment_id uuid not null,
  declined_at timestamp with time zone not null default now(),
  organization_id uuid not null,
  owner_id uuid not null,
  constraint alignment_decline_organization_id_alignment_id_owner_id_fkey FOREIGN KEY (organization_id, alignment_id, owner_id) REFERENCES alignment(organization_id, id, owner_id) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint alignment_decline_pkey PRIMARY KEY (alignment_id)
);
alter table alignment_decline enable row level security;
create policy alignment_decline_delete_own on alignment_decline for delete to mutual_app
  using ((owner_id = ( SELECT app.viewer() AS viewer)));
create policy alignment_decline_insert_own on alignment_decline for insert to mutual_app
  with check (((owner_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM alignment a
  WHERE ((a.id = alignment_decline.alignment_id) AND (a.state = 'PROPOSED'::text) AND (a.owner_id = ( SELECT app.viewer() AS viewer)))))));
create policy alignment_decline_select_own on alignment_decline for select to mutual_app
  using ((owner_id = ( SELECT app.signed_in_person() AS signed_in_person)));

create table alignment_own (
  alignment_id uuid not null,
  created_at timestamp with time zone not null default now(),
  how_by_id uuid,
  organization_id uuid not null,
  owner_id uuid not null,
  proposed_by_id uuid not null,
  constraint alignment_own_how_by_fkey FOREIGN KEY (organization_id, how_by_id) REFERENCES person(organization_id, id) NOT VALID,
  constraint alignment_own_organization_id_alignment_id_owner_id_fkey FOREIGN KEY (organization_id, alignment_id, owner_id) REFERENCES alignment(organization_id, id, owner_id) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint alignment_own_pkey PRIMARY KEY (alignment_id)
);
alter table alignment_own enable row level security;
create policy alignment_own_select_owner_or_proposer on alignment_own for select to mutual_app
  using (((owner_id = ( SELECT app.signed_in_person() AS signed_in_person)) OR ((proposed_by_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM alignment a
  WHERE (a.id = alignment_own.alignment_id))))));

create table audit_entry (
  action text not null,
  actor_id uuid,
  at timestamp with time zone not null default now(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  subject text not null,
  constraint audit_entry_action_check CHECK (((char_length(action) >= 1) AND (char_length(action) <= 100))),
  constraint audit_entry_organization_id_actor_id_fkey FOREIGN KEY (organization_id, actor_id) REFERENCES person(organization_id, id),
  constraint audit_entry_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint audit_entry_pkey PRIMARY KEY (id),
  constraint audit_entry_subject_check CHECK ((char_length(subject) <= 500))
);
CREATE INDEX audit_entry_idx ON public.audit_entry USING btree (organization_id, at DESC, id DESC);
alter table audit_entry enable row level security;
create policy audit_entry_insert_role_of_action on audit_entry for insert to mutual_app
  with check (((organization_id = ( SELECT app.organization() AS organization)) AND (actor_id = ( SELECT app.viewer() AS viewer)) AND (action = ANY (( SELECT app.recorded_actions() AS recorded_actions)::text[]))));
create policy audit_entry_select_auditor on audit_entry for select to mutual_app
  using ((organization_id = ( SELECT app.organization_as('AUDITOR'::text) AS organization_as)));

create table barrier (
  answer_due_on date not null,
  created_on date not null,
  description text,
  first_due_on date,
  hinders_customers boolean not null,
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  procedure_area_id uuid,
  proposed_remedy text,
  raised_by_id uuid,
  reminded_for date,
  status text not null default 'OPEN'::text,
  title text not null,
  trial_kept boolean not null default false,
  trial_until date,
  constraint barrier_description_check CHECK ((description IS NFC NORMALIZED)),
  constraint barrier_description_check1 CHECK (((char_length(description) >= 1) AND (char_length(description) <= 20000))),
  constraint barrier_first_due CHECK ((first_due_on IS NOT NULL)) NOT VALID,
  constraint barrier_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint barrier_organization_id_id_key UNIQUE (organization_id, id),
  constraint barrier_organization_id_procedure_area_id_fkey FOREIGN KEY (organization_id, procedure_area_id) REFERENCES procedure_area(organization_id, id),
  constraint barrier_organization_id_raised_by_id_fkey FOREIGN KEY (organization_id, raised_by_id) REFERENCES person(organization_id, id),
  constraint barrier_pkey PRIMARY KEY (id),
  constraint barrier_proposed_remedy_check CHECK ((proposed_remedy IS NFC NORMALIZED)),
  constraint barrier_proposed_remedy_check1 CHECK (((char_length(proposed_remedy) >= 1) AND (char_length(proposed_remedy) <= 20000))),
  constraint barrier_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'INVESTIGATING'::text, 'TRIAL_WITHOUT'::text, 'REMOVED'::text, 'STAYS'::text]))),
  constraint barrier_title_check CHECK ((title IS NFC NORMALIZED)),
  constraint barrier_title_check1 CHECK (((char_length(title) >= 1) AND (char_length(title) <= 2000))),
  constraint barrier_trial CHECK (((status = 'TRIAL_WITHOUT'::text) = (trial_until IS NOT NULL)))
);
CREATE INDEX barrier_area_idx ON public.barrier USING btree (procedure_area_id, answer_due_on);
CREATE INDEX barrier_list_idx ON public.barrier USING btree (organization_id, created_on, id);
CREATE INDEX barrier_raised_by_idx ON public.barrier USING btree (raised_by_id);
CREATE TRIGGER barrier_before_insert BEFORE INSERT ON public.barrier FOR EACH ROW EXECUTE FUNCTION app.barrier_before_write();
CREATE TRIGGER barrier_before_new_area BEFORE UPDATE OF procedure_area_id ON public.barrier FOR EACH ROW WHEN ((new.procedure_area_id IS DISTINCT FROM old.procedure_area_id)) EXECUTE FUNCTION app.barrier_before_write();
alter table barrier enable row level security;
create policy barrier_delete_own_unanswered on barrier for delete to mutual_app
  using (((raised_by_id = ( SELECT app.viewer() AS viewer)) AND (status = 'OPEN'::text) AND (NOT (EXISTS ( SELECT 1
   FROM app.barrier_supporters(ARRAY[barrier.id]) barrier_supporters(barrier_id, people))))));
create policy barrier_insert_own on barrier for insert to mutual_app
  with check (((organization_id = ( SELECT app.organization() AS organization)) AND (raised_by_id = ( SELECT app.viewer() AS viewer)) AND ((procedure_area_id IS NULL) OR (EXISTS ( SELECT 1
   FROM procedure_area a
  WHERE (a.id = barrier.procedure_area_id))))));
create policy barrier_select_organization on barrier for select to mutual_app
  using ((organization_id = ( SELECT app.organization() AS organization)));
create policy barrier_update_admin_unanswered on barrier for update to mutual_app
  using (((organization_id = ( SELECT app.organization_as('ORGANIZATION_ADMIN'::text) AS organization_as)) AND (status = ANY (ARRAY['OPEN'::text, 'INVESTIGATING'::text]))));

create table barrier_answer (
  at timestamp with time zone not null default now(),
  barrier_id uuid not null,
  by_id uuid not null,
  cost_to_others text,
  got_it_wrong boolean not null default false,
  id uuid not null default uuidv7(),
  loss_last_happened text,
  losses_a_year double precision,
  organization_id uuid not null,
  required_by_law text,
  status text not null,
  text text not null,
  trial_until date,
  constraint barrier_answer_cost_to_others_check CHECK ((cost_to_others IS NFC NORMALIZED)),
  constraint barrier_answer_cost_to_others_check1 CHECK (((char_length(cost_to_others) >= 1) AND (char_length(cost_to_others) <= 20000))),
  constraint barrier_answer_loss_last_happened_check CHECK ((loss_last_happened IS NFC NORMALIZED)),
  constraint barrier_answer_loss_last_happened_check1 CHECK (((char_length(loss_last_happened) >= 1) AND (char_length(loss_last_happened) <= 2000))),
  constraint barrier_answer_losses_a_year_check CHECK (((losses_a_year >= (0)::double precision) AND finite_number(losses_a_year))),
  constraint barrier_answer_organization_id_barrier_id_fkey FOREIGN KEY (organization_id, barrier_id) REFERENCES barrier(organization_id, id) ON DELETE CASCADE,
  constraint barrier_answer_organization_id_by_id_fkey FOREIGN KEY (organization_id, by_id) REFERENCES person(organization_id, id),
  constraint barrier_answer_pkey PRIMARY KEY (id),
  constraint barrier_answer_required_by_law_check CHECK ((required_by_law IS NFC NORMALIZED)),
  constraint barrier_answer_required_by_law_check1 CHECK (((char_length(required_by_law) >= 1) AND (char_length(required_by_law) <= 3000))),
  constraint barrier_answer_status_check CHECK ((status = ANY (ARRAY['INVESTIGATING'::text, 'TRIAL_WITHOUT'::text, 'REMOVED'::text, 'STAYS'::text]))),
  constraint barrier_answer_stays CHECK (((status <> 'STAYS'::text) OR (required_by_law IS NOT NULL) OR ((loss_last_happened IS NOT NULL) AND (losses_a_year IS NOT NULL) AND (cost_to_others IS NOT NULL)))),
  constraint barrier_answer_text_check CHECK ((text IS NFC NORMALIZED)),
  constraint barrier_answer_text_check1 CHECK (((char_length(text) >= 1) AND (char_length(text) <= 20000))),
  constraint barrier_answer_trial CHECK (((status = 'TRIAL_WITHOUT'::text) = (trial_until IS NOT NULL)))
);
CREATE INDEX barrier_answer_barrier_idx ON public.barrier_answer USING btree (barrier_id, at DESC, id DESC);
CREATE INDEX barrier_answer_by_idx ON public.barrier_answer USING btree (by_id);
CREATE TRIGGER barrier_answer_trial_ends AFTER INSERT ON public.barrier_answer FOR EACH ROW WHEN (((new.trial_until IS NOT NULL) AND row_security_active(('barrier_answer'::regclass)::oid))) EXECUTE FUNCTION app.barrier_answer_trial_ends();
CREATE TRIGGER barrier_answered AFTER INSERT ON public.barrier_answer FOR EACH ROW EXECUTE FUNCTION app.barrier_answered();
alter table barrier_answer enable row level security;
create policy barrier_answer_insert_answerer on barrier_answer for insert to mutual_app
  with check (((by_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM barrier b
  WHERE ((b.id = barrier_answer.barrier_id) AND (b.organization_id = barrier_answer.organization_id) AND (b.procedure_area_id = ANY (( SELECT app.answerable_area_ids() AS answerable_area_ids)::uuid[])))))));
create policy barrier_answer_select_organization on barrier_answer for select to mutual_app
  using ((organization_id = ( SELECT app.organization() AS organization)));

create table barrier_support (
  barrier_id uuid not null,
  organization_id uuid not null,
  person_id uuid not null,
  constraint barrier_support_organization_id_barrier_id_fkey FOREIGN KEY (organization_id, barrier_id) REFERENCES barrier(organization_id, id) ON DELETE CASCADE,
  constraint barrier_support_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint barrier_support_pkey PRIMARY KEY (barrier_id, person_id)
);
CREATE INDEX barrier_support_person_idx ON public.barrier_support USING btree (person_id);
alter table barrier_support enable row level security;
create policy barrier_support_delete_own on barrier_support for delete to mutual_app
  using ((person_id = ( SELECT app.viewer() AS viewer)));
create policy barrier_support_insert_own on barrier_support for insert to mutual_app
  with check (((person_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM barrier b
  WHERE ((b.id = barrier_support.barrier_id) AND (b.raised_by_id IS DISTINCT FROM ( SELECT app.viewer() AS viewer)))))));
create policy barrier_support_select_own on barrier_support for select to mutual_app
  using ((person_id = ( SELECT app.viewer() AS viewer)));

create table business_goal (
  continues_id uuid,
  cycle_id uuid not null,
  description text,
  health text,
  id uuid not null default gen_random_uuid(),
  listed_at timestamp with time zone not null default now(),
  organization_id uuid not null,
  owner_id uuid not null,
  parent_id uuid,
  progress_by_hand double precision,
  state text not null default 'DRAFT'::text,
  title text not null,
  version integer not null default 1,
  constraint business_goal_description_check CHECK ((char_length(description) <= 20000)),
  constraint business_goal_description_nfc CHECK ((description IS NFC NORMALIZED)),
  constraint business_goal_does_not_continue_itself CHECK ((continues_id <> id)),
  constraint business_goal_health_check CHECK ((health = ANY (ARRAY['ON_TRACK'::text, 'AT_RISK'::text, 'OFF_TRACK'::text]))),
  constraint business_goal_not_in_itself CHECK ((parent_id <> id)),
  constraint business_goal_organization_id_continues_id_fkey FOREIGN KEY (organization_id, continues_id) REFERENCES business_goal(organization_id, id) ON UPDATE CASCADE ON DELETE SET NULL (continues_id),
  constraint business_goal_organization_id_cycle_id_fkey FOREIGN KEY (organization_id, cycle_id) REFERENCES cycle(organization_id, id),
  constraint business_goal_organization_id_id_key UNIQUE (organization_id, id),
  constraint business_goal_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES person(organization_id, id),
  constraint business_goal_organization_id_parent_id_fkey FOREIGN KEY (organization_id, parent_id) REFERENCES business_goal(organization_id, id) ON UPDATE CASCADE ON DELETE SET NULL (parent_id),
  constraint business_goal_pkey PRIMARY KEY (id),
  constraint business_goal_progress_by_hand_check CHECK (((progress_by_hand >= (0)::double precision) AND (progress_by_hand <= (1)::double precision))),
  constraint business_goal_state_check CHECK ((state = ANY (ARRAY['DRAFT'::text, 'OPEN'::text, 'ACHIEVED'::text, 'MISSED'::text, 'CANCELLED'::text]))),
  constraint business_goal_title_length CHECK (((char_length(title) >= 1) AND (char_length(title) <= 2000))),
  constraint business_goal_title_nfc CHECK ((title IS NFC NORMALIZED))
);
CREATE UNIQUE INDEX business_goal_continues_key ON public.business_goal USING btree (continues_id);
CREATE INDEX business_goal_cycle_idx ON public.business_goal USING btree (cycle_id, listed_at DESC, id DESC);
CREATE INDEX business_goal_organization_idx ON public.business_goal USING btree (organization_id, listed_at DESC, id DESC);
CREATE INDEX business_goal_owner_idx ON public.business_goal USING btree (owner_id, listed_at DESC, id DESC);
CREATE INDEX business_goal_parent_idx ON public.business_goal USING btree (parent_id, listed_at, id);
CREATE TRIGGER business_goal_before_publish BEFORE UPDATE OF state ON public.business_goal FOR EACH ROW WHEN (((old.state = 'DRAFT'::text) AND (new.state <> 'DRAFT'::text))) EXECUTE FUNCTION app.business_goal_before_publish();
CREATE TRIGGER business_goal_guard BEFORE INSERT OR DELETE OR UPDATE OF parent_id, state ON public.business_goal FOR EACH ROW WHEN (row_security_active(('business_goal'::regclass)::oid)) EXECUTE FUNCTION app.business_goal_guard();
CREATE TRIGGER business_goal_parent BEFORE UPDATE OF parent_id ON public.business_goal FOR EACH ROW WHEN (((new.parent_id IS NOT NULL) AND (new.parent_id IS DISTINCT FROM old.parent_id))) EXECUTE FUNCTION app.business_goal_before_new_parent();
alter table business_goal enable row level security;
create policy business_goal_delete_own on business_goal for delete to mutual_app
  using ((owner_id = ( SELECT app.viewer() AS viewer)));
create policy business_goal_insert_own on business_goal for insert to mutual_app
  with check (((owner_id = ( SELECT app.viewer() AS viewer)) AND (organization_id = ( SELECT app.organization() AS organization))));
create policy business_goal_select_visible on business_goal for select to mutual_app
  using (((organization_id = ( SELECT app.organization() AS organization)) AND ((state <> 'DRAFT'::text) OR (owner_id = ( SELECT app.viewer() AS viewer)) OR (id = ANY (( SELECT app.assigned_goal_ids() AS assigned_goal_ids)::uuid[])))));
create policy business_goal_update_own on business_goal for update to mutual_app
  using ((owner_id = ( SELECT app.viewer() AS viewer)));

create table business_goal_assignee (
  assigned_at timestamp with time zone not null default now(),
  business_goal_id uuid not null,
  organization_id uuid not null,
  person_id uuid not null,
  constraint business_goal_assignee_organization_id_business_goal_id_fkey FOREIGN KEY (organization_id, business_goal_id) REFERENCES business_goal(organization_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint business_goal_assignee_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint business_goal_assignee_pkey PRIMARY KEY (business_goal_id, person_id)
);
CREATE INDEX business_goal_assignee_person_idx ON public.business_goal_assignee USING btree (person_id, business_goal_id);
alter table business_goal_assignee enable row level security;
create policy business_goal_assignee_delete_own_goal on business_goal_assignee for delete to mutual_app
  using ((EXISTS ( SELECT 1
   FROM business_goal b
  WHERE ((b.id = business_goal_assignee.business_goal_id) AND (b.owner_id = ( SELECT app.viewer() AS viewer))))));
create policy business_goal_assignee_insert_own_goal on business_goal_assignee for insert to mutual_app
  with check ((EXISTS ( SELECT 1
   FROM business_goal b
  WHERE ((b.id = business_goal_assignee.business_goal_id) AND (b.owner_id = ( SELECT app.viewer() AS viewer))))));
create policy business_goal_assignee_select_with_goal on business_goal_assignee for select to mutual_app
  using ((EXISTS ( SELECT 1
   FROM business_goal b
  WHERE (b.id = business_goal_assignee.business_goal_id))));

create table business_goal_of_leaver (
  at timestamp with time zone not null default now(),
  business_goal_id uuid not null,
  leaver_id uuid not null,
  organization_id uuid not null,
  owner_id uuid not null,
  version integer not null,
  constraint business_goal_of_leaver_organization_id_business_goal_id_fkey FOREIGN KEY (organization_id, business_goal_id) REFERENCES business_goal(organization_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint business_goal_of_leaver_organization_id_leaver_id_fkey FOREIGN KEY (organization_id, leaver_id) REFERENCES person(organization_id, id),
  constraint business_goal_of_leaver_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES person(organization_id, id),
  constraint business_goal_of_leaver_pkey PRIMARY KEY (business_goal_id)
);
CREATE INDEX business_goal_of_leaver_idx ON public.business_goal_of_leaver USING btree (leaver_id);
alter table business_goal_of_leaver enable row level security;
create policy business_goal_of_leaver_nobody on business_goal_of_leaver for all to mutual_app
  using (false);

create table check_in (
  at timestamp with time zone not null default now(),
  author_id uuid not null,
  business_goal_id uuid not null,
  confidence integer not null,
  health text not null,
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  text text,
  constraint check_in_confidence_check CHECK (((confidence >= 1) AND (confidence <= 5))),
  constraint check_in_health_check CHECK ((health = ANY (ARRAY['ON_TRACK'::text, 'AT_RISK'::text, 'OFF_TRACK'::text]))),
  constraint check_in_organization_id_author_id_fkey FOREIGN KEY (organization_id, author_id) REFERENCES person(organization_id, id),
  constraint check_in_organization_id_business_goal_id_fkey FOREIGN KEY (organization_id, business_goal_id) REFERENCES business_goal(organization_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint check_in_pkey PRIMARY KEY (id),
  constraint check_in_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 20000))),
  constraint check_in_text_nfc CHECK ((text IS NFC NORMALIZED))
);
CREATE INDEX check_in_goal_idx ON public.check_in USING btree (business_goal_id, at DESC, id DESC);
CREATE TRIGGER check_in_requires_open_goal AFTER INSERT ON public.check_in FOR EACH ROW WHEN (row_security_active(('check_in'::regclass)::oid)) EXECUTE FUNCTION app.check_in_requires_open_goal();
CREATE TRIGGER check_in_sets_health AFTER INSERT ON public.check_in FOR EACH ROW EXECUTE FUNCTION app.check_in_sets_health();
alter table check_in enable row level security;
create policy check_in_insert_owner_or_assignee on check_in for insert to mutual_app
  with check (((author_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM business_goal b
  WHERE ((b.id = check_in.business_goal_id) AND ((b.owner_id = ( SELECT app.viewer() AS viewer)) OR (b.id = ANY (( SELECT app.assigned_goal_ids() AS assigned_goal_ids)::uuid[]))))))));
create policy check_in_select_with_goal on check_in for select to mutual_app
  using ((EXISTS ( SELECT 1
   FROM business_goal b
  WHERE (b.id = check_in.business_goal_id))));

create table conversation (
  closed_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  held_at timestamp with time zone,
  id uuid not null default uuidv7(),
  notes_import_id uuid,
  off_the_record_by_id uuid,
  one_to_one_id uuid not null,
  organization_id uuid not null,
  planned_after_id uuid,
  reminded_after timestamp with time zone,
  reminded_before timestamp with time zone,
  scheduled_at timestamp with time zone not null,
  series_at timestamp with time zone,
  status text not null default 'PLANNED'::text,
  version integer not null default 1,
  constraint conversation_closed CHECK (((status = 'PLANNED'::text) = (closed_at IS NULL))),
  constraint conversation_held CHECK (((status = 'HELD'::text) = (held_at IS NOT NULL))),
  constraint conversation_notes_import_fkey FOREIGN KEY (organization_id, notes_import_id) REFERENCES notes_import(organization_id, id) ON DELETE SET NULL (notes_import_id) NOT VALID,
  constraint conversation_off_the_record_by_fkey FOREIGN KEY (organization_id, off_the_record_by_id) REFERENCES person(organization_id, id) NOT VALID,
  constraint conversation_organization_id_id_key UNIQUE (organization_id, id),
  constraint conversation_organization_id_one_to_one_id_fkey FOREIGN KEY (organization_id, one_to_one_id) REFERENCES one_to_one(organization_id, id) ON DELETE CASCADE,
  constraint conversation_organization_id_one_to_one_id_id_key UNIQUE (organization_id, one_to_one_id, id),
  constraint conversation_organization_id_one_to_one_id_planned_after_i_fkey FOREIGN KEY (organization_id, one_to_one_id, planned_after_id) REFERENCES conversation(organization_id, one_to_one_id, id) ON DELETE SET NULL (planned_after_id),
  constraint conversation_pkey PRIMARY KEY (id),
  constraint conversation_status_check CHECK ((status = ANY (ARRAY['PLANNED'::text, 'HELD'::text, 'SKIPPED'::text, 'CANCELLED'::text])))
);
CREATE INDEX conversation_day_idx ON public.conversation USING btree (organization_id, COALESCE(held_at, scheduled_at));
CREATE INDEX conversation_notes_import_idx ON public.conversation USING btree (notes_import_id) WHERE (notes_import_id IS NOT NULL);
CREATE INDEX conversation_one_to_one_idx ON public.conversation USING btree (one_to_one_id, scheduled_at DESC, id DESC);
CREATE INDEX conversation_planned_after_idx ON public.conversation USING btree (planned_after_id) WHERE (planned_after_id IS NOT NULL);
CREATE INDEX conversation_planned_at_idx ON public.conversation USING btree (scheduled_at) WHERE (status = 'PLANNED'::text);
CREATE INDEX conversation_planned_idx ON public.conversation USING btree (one_to_one_id, scheduled_at, id) WHERE (status = 'PLANNED'::text);
CREATE UNIQUE INDEX conversation_planned_key ON public.conversation USING btree (one_to_one_id, scheduled_at) WHERE (status = 'PLANNED'::text);
CREATE UNIQUE INDEX conversation_series_key ON public.conversation USING btree (one_to_one_id, series_at) WHERE (series_at IS NOT NULL);
CREATE TRIGGER conversation_after_insert AFTER INSERT ON public.conversation FOR EACH ROW EXECUTE FUNCTION app.conversation_after_insert();
CREATE TRIGGER conversation_guard BEFORE INSERT OR UPDATE ON public.conversation FOR EACH ROW WHEN (row_security_active(('conversation'::regclass)::oid)) EXECUTE FUNCTION app.conversation_guard();
CREATE TRIGGER conversation_off_the_record AFTER UPDATE ON public.conversation FOR EACH ROW WHEN (((old.off_the_record_by_id IS NULL) AND (new.off_the_record_by_id IS NOT NULL))) EXECUTE FUNCTION app.conversation_off_the_record();
CREATE TRIGGER record_conversation_changed AFTER UPDATE ON public.conversation FOR EACH ROW WHEN (((old.status <> new.status) OR (old.scheduled_at <> new.scheduled_at) OR (old.held_at IS DISTINCT FROM new.held_at) OR (old.off_the_record_by_id IS DISTINCT FROM new.off_the_record_by_id) OR (old.version <> new.version))) EXECUTE FUNCTION app.record_conversation_change();
CREATE TRIGGER record_conversation_deleted AFTER DELETE ON public.conversation FOR EACH ROW EXECUTE FUNCTION app.record_conversation_change();
alter table conversation enable row level security;
create policy conversation_insert_participants on conversation for insert to mutual_app
  with check ((one_to_one_id = ANY (( SELECT app.open_one_to_one_ids() AS open_one_to_one_ids)::uuid[])));
create policy conversation_select_participants on conversation for select to mutual_app
  using ((one_to_one_id = ANY (( SELECT app.one_to_one_ids() AS one_to_one_ids)::uuid[])));
create policy conversation_update_participants on conversation for update to mutual_app
  using ((one_to_one_id = ANY (( SELECT app.open_one_to_one_ids() AS open_one_to_one_ids)::uuid[])));

create unlogged table conversation_change (
  conversation_id uuid,
  id uuid not null default gen_random_uuid(),
  node_id uuid not null,
  one_to_one_id uuid not null,
  removed boolean not null default false,
  typename text not null,
  constraint conversation_change_pkey PRIMARY KEY (id)
);
alter table conversation_change enable row level security;
create policy conversation_change_nobody on conversation_change for all to mutual_app
  using (false);

create table conversation_feedback (
  announced boolean not null default false,
  author_id uuid not null,
  better text,
  conversation_id uuid not null,
  id uuid not null default gen_random_uuid(),
  offered boolean not null default false,
  offered_at timestamp with time zone,
  offered_in xid8,
  organization_id uuid not null,
  worth_it integer,
  written_at timestamp with time zone not null default now(),
  constraint conversation_feedback_better_check CHECK (((char_length(better) >= 1) AND (char_length(better) <= 2000))),
  constraint conversation_feedback_not_empty CHECK ((num_nonnulls(better, worth_it) > 0)),
  constraint conversation_feedback_offered CHECK ((offered = (offered_at IS NOT NULL))),
  constraint conversation_feedback_organization_id_author_id_fkey FOREIGN KEY (organization_id, author_id) REFERENCES person(organization_id, id),
  constraint conversation_feedback_organization_id_conversation_id_autho_key UNIQUE (organization_id, conversation_id, author_id),
  constraint conversation_feedback_organization_id_conversation_id_fkey FOREIGN KEY (organization_id, conversation_id) REFERENCES conversation(organization_id, id) ON DELETE CASCADE,
  constraint conversation_feedback_pkey PRIMARY KEY (id),
  constraint conversation_feedback_worth_it_check CHECK (((worth_it >= 1) AND (worth_it <= 5)))
);
CREATE INDEX conversation_feedback_author_idx ON public.conversation_feedback USING btree (author_id);
CREATE INDEX conversation_feedback_conversation_idx ON public.conversation_feedback USING btree (conversation_id);
CREATE TRIGGER conversation_feedback_after_write AFTER INSERT OR UPDATE ON public.conversation_feedback FOR EACH ROW WHEN (row_security_active(('conversation_feedback'::regclass)::oid)) EXECUTE FUNCTION app.conversation_feedback_after_write();
CREATE TRIGGER conversation_feedback_guard BEFORE INSERT OR DELETE OR UPDATE ON public.conversation_feedback FOR EACH ROW WHEN (row_security_active(('conversation_feedback'::regclass)::oid)) EXECUTE FUNCTION app.conversation_feedback_guard();
CREATE TRIGGER conversation_feedback_stamp BEFORE INSERT OR UPDATE ON public.conversation_feedback FOR EACH ROW EXECUTE FUNCTION app.conversation_feedback_stamp();
alter table conversation_feedback enable row level security;
create policy conversation_feedback_delete_author on conversation_feedback for delete to mutual_app
  using ((author_id = ( SELECT app.viewer() AS viewer)));
create policy conversation_feedback_insert_author on conversation_feedback for insert to mutual_app
  with check (((author_id = ( SELECT app.viewer() AS viewer)) AND app.takes_feedback(conversation_id)));
create policy conversation_feedback_select_own_or_revealed on conversation_feedback for select to mutual_app
  using (((author_id = ( SELECT app.viewer() AS viewer)) OR (id = ANY (( SELECT app.revealed_feedback_ids() AS revealed_feedback_ids)::uuid[]))));
create policy conversation_feedback_update_author on conversation_feedback for update to mutual_app
  using ((author_id = ( SELECT app.viewer() AS viewer)));

create table conversation_retention (
  id uuid not null default gen_random_uuid(),
  months integer not null,
  organization_id uuid not null,
  since timestamp with time zone not null,
  constraint conversation_retention_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint conversation_retention_organization_id_since_key UNIQUE (organization_id, since),
  constraint conversation_retention_pkey PRIMARY KEY (id)
);
alter table conversation_retention enable row level security;
create policy conversation_retention_nobody on conversation_retention for all to mutual_app
  using (false);

create table cycle (
  ends_on date not null,
  id uuid not null default uuidv7(),
  name text not null,
  organization_id uuid not null,
  starts_on date not null,
  constraint cycle_days CHECK ((ends_on >= starts_on)),
  constraint cycle_name_length CHECK (((octet_length(name) >= 1) AND (octet_length(name) <= 2400))),
  constraint cycle_name_nfc CHECK ((name IS NFC NORMALIZED)),
  constraint cycle_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint cycle_organization_id_id_key UNIQUE (organization_id, id),
  constraint cycle_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX cycle_name_key ON public.cycle USING btree (organization_id, folded_name(name));
alter table cycle enable row level security;
create policy cycle_insert_admin on cycle for insert to mutual_app
  with check ((organization_id = ( SELECT app.organization_as('ORGANIZATION_ADMIN'::text) AS organization_as)));
create policy cycle_select_organization on cycle for select to mutual_app
  using ((organization_id = ( SELECT app.organization() AS organization)));
create policy cycle_update_admin on cycle for update to mutual_app
  using ((organization_id = ( SELECT app.organization_as('ORGANIZATION_ADMIN'::text) AS organization_as)));

create table data_export (
  content bytea not null,
  expires_at timestamp with time zone not null default (now() + '7 days'::interval),
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  person_id uuid not null,
  ready_at timestamp with time zone not null default clock_timestamp(),
  requested_at timestamp with time zone not null default now(),
  sha256 text not null generated always as (encode(sha256(content), 'hex'::text)) stored,
  constraint data_export_content_check CHECK ((octet_length(content) > 0)),
  constraint data_export_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint data_export_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint data_export_pkey PRIMARY KEY (id)
);
CREATE INDEX data_export_expires_idx ON public.data_export USING btree (expires_at);
CREATE INDEX data_export_person_idx ON public.data_export USING btree (person_id, requested_at DESC, id);
alter table data_export enable row level security;
create policy data_export_insert_own on data_export for insert to mutual_app
  with check (((person_id = ( SELECT app.signed_in_person() AS signed_in_person)) AND (organization_id = ( SELECT app.signed_in_organization() AS signed_in_organization))));
create policy data_export_select_own on data_export for select to mutual_app
  using (((person_id = ( SELECT app.signed_in_person() AS signed_in_person)) AND (expires_at > now())));

create table department (
  id uuid not null default uuidv7(),
  name text not null,
  organization_id uuid not null,
  constraint department_name_length CHECK (((octet_length(name) >= 1) AND (octet_length(name) <= 2400))),
  constraint department_name_nfc CHECK ((name IS NFC NORMALIZED)),
  constraint department_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint department_organization_id_id_key UNIQUE (organization_id, id),
  constraint department_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX department_name_key ON public.department USING btree (organization_id, folded_name(name));
alter table department enable row level security;
create policy department_delete_people_admin_unused on department for delete to mutual_app
  using (((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)) AND (NOT (EXISTS ( SELECT 1
   FROM person p
  WHERE ((p.organization_id = department.organization_id) AND (p.department_id = department.id)))))));
create policy department_insert_people_admin on department for insert to mutual_app
  with check ((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)));
create policy department_select_directory on department for select to mutual_app
  using ((organization_id = ( SELECT app.directory_organization() AS directory_organization)));
create policy department_update_people_admin on department for update to mutual_app
  using ((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)));

create table employment_end (
  access_until timestamp with time zone not null,
  ended_at timestamp with time zone not null,
  ended_on date not null,
  erased_at timestamp with time zone,
  last_day_at timestamp with time zone not null,
  organization_id uuid not null,
  person_id uuid not null,
  recorded_at timestamp with time zone not null,
  constraint employment_end_bounds CHECK (((ended_on >= '1900-01-01'::date) AND (ended_on <= '2199-12-31'::date))),
  constraint employment_end_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint employment_end_pkey PRIMARY KEY (person_id)
);
CREATE INDEX employment_end_day_idx ON public.employment_end USING btree (organization_id, ended_on);
CREATE TRIGGER employment_end_added AFTER INSERT ON public.employment_end REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.employment_end_added();
CREATE TRIGGER employment_end_before_write BEFORE INSERT OR UPDATE ON public.employment_end FOR EACH ROW EXECUTE FUNCTION app.employment_end_before_write();
CREATE TRIGGER employment_end_removed AFTER DELETE ON public.employment_end REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION app.employment_end_removed();
CREATE TRIGGER employment_end_updated AFTER UPDATE ON public.employment_end REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION app.employment_end_updated();
CREATE TRIGGER leaver_account_corrected AFTER UPDATE ON public.employment_end REFERENCING OLD TABLE AS earlier FOR EACH STATEMENT EXECUTE FUNCTION app.leaver_account_corrected();
CREATE TRIGGER leaver_account_inserted AFTER INSERT ON public.employment_end REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION app.leaver_account_written();
CREATE TRIGGER leaver_account_moved AFTER UPDATE ON public.employment_end REFERENCING OLD TABLE AS earlier NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION app.leaver_account_written();
CREATE TRIGGER leaver_account_restored AFTER DELETE ON public.employment_end REFERENCING OLD TABLE AS earlier FOR EACH STATEMENT EXECUTE FUNCTION app.leaver_account_corrected();
alter table employment_end enable row level security;
create policy employment_end_delete_people_admin on employment_end for delete to mutual_app
  using ((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)));
create policy employment_end_insert_people_admin on employment_end for insert to mutual_app
  with check (((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)) AND (EXISTS ( SELECT 1
   FROM person p
  WHERE ((p.id = employment_end.person_id) AND (p.organization_id = employment_end.organization_id))))));
create policy employment_end_select_begun_or_own on employment_end for select to mutual_app
  using ((((organization_id = ( SELECT app.directory_organization() AS directory_organization)) AND (last_day_at <= now())) OR (person_id = ( SELECT app.signed_in_person() AS signed_in_person)) OR (organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as))));
create policy employment_end_update_people_admin on employment_end for update to mutual_app
  using ((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)));

create table engagement_period (
  answers_destroyed_at timestamp with time zone,
  ends_at timestamp with time zone not null,
  ends_on date not null,
  granularity text not null,
  id uuid not null default gen_random_uuid(),
  key text not null,
  minimum_group_size integer not null,
  opened_at timestamp with time zone not null default now(),
  organization_id uuid not null,
  quarter_id uuid,
  rewritten_at timestamp with time zone,
  starts_at timestamp with time zone not null,
  starts_on date not null,
  constraint engagement_period_granularity_check CHECK ((granularity = ANY (ARRAY['MONTH'::text, 'QUARTER'::text]))),
  constraint engagement_period_key_check CHECK ((key ~ '^\d{4}-(0[1-9]|1[0-2]|Q[1-4])$'::text)),
  constraint engagement_period_minimum_group_size_check CHECK ((minimum_group_size >= 5)),
  constraint engagement_period_order CHECK (((starts_at < ends_at) AND (starts_on < ends_on))),
  constraint engagement_period_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint engagement_period_organization_id_id_key UNIQUE (organization_id, id),
  constraint engagement_period_organization_id_key_key UNIQUE (organization_id, key),
  constraint engagement_period_organization_id_quarter_id_fkey FOREIGN KEY (organization_id, quarter_id) REFERENCES engagement_period(organization_id, id),
  constraint engagement_period_pkey PRIMARY KEY (id),
  constraint engagement_period_quarter CHECK (((granularity = 'MONTH'::text) = (quarter_id IS NOT NULL)))
);
CREATE INDEX engagement_period_quarter_idx ON public.engagement_period USING btree (quarter_id);
alter table engagement_period enable row level security;
create policy engagement_period_select_organization on engagement_period for select to mutual_app
  using ((organization_id = ( SELECT app.organization() AS organization)));

create table erasure (
  executed_at timestamp with time zone,
  executes_at timestamp with time zone not null default (now() + '7 days'::interval),
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  person_id uuid not null,
  requested_at timestamp with time zone not null default now(),
  constraint erasure_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint erasure_pkey PRIMARY KEY (id)
);
CREATE INDEX erasure_due_idx ON public.erasure USING btree (executes_at) WHERE (executed_at IS NULL);
CREATE UNIQUE INDEX erasure_pending_key ON public.erasure USING btree (person_id) WHERE (executed_at IS NULL);
CREATE TRIGGER erasure_requested AFTER INSERT ON public.erasure FOR EACH ROW WHEN (row_security_active(('erasure'::regclass)::oid)) EXECUTE FUNCTION app.erasure_requested();
alter table erasure enable row level security;
create policy erasure_delete_own_pending on erasure for delete to mutual_app
  using (((person_id = ( SELECT app.signed_in_person() AS signed_in_person)) AND (executed_at IS NULL)));
create policy erasure_insert_own on erasure for insert to mutual_app
  with check (((person_id = ( SELECT app.signed_in_person() AS signed_in_person)) AND (organization_id = ( SELECT app.signed_in_organization() AS signed_in_organization))));
create policy erasure_select_own_pending on erasure for select to mutual_app
  using (((person_id = ( SELECT app.signed_in_person() AS signed_in_person)) AND (executed_at IS NULL)));

create table goal_access (
  goal_id uuid not null,
  kind text not null,
  on_day date not null,
  organization_id uuid not null,
  owner_id uuid not null,
  reader_id uuid not null,
  constraint goal_access_kind_check CHECK ((kind = ANY (ARRAY['LISTED'::text, 'OPENED'::text]))),
  constraint goal_access_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES person(organization_id, id),
  constraint goal_access_organization_id_reader_id_fkey FOREIGN KEY (organization_id, reader_id) REFERENCES person(organization_id, id),
  constraint goal_access_pkey PRIMARY KEY (reader_id, goal_id, on_day, kind)
);
CREATE INDEX goal_access_day_idx ON public.goal_access USING brin (on_day);
CREATE INDEX goal_access_goal_idx ON public.goal_access USING btree (goal_id, on_day, reader_id, kind);
CREATE INDEX goal_access_owner_idx ON public.goal_access USING btree (owner_id, on_day, reader_id, goal_id, kind);
CREATE INDEX goal_access_reader_idx ON public.goal_access USING btree (reader_id, on_day, owner_id, goal_id, kind);
alter table goal_access enable row level security;
create policy goal_access_insert_own_read on goal_access for insert to mutual_app
  with check (((reader_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM personal_goal g
  WHERE ((g.id = goal_access.goal_id) AND (g.owner_id = goal_access.owner_id) AND (g.visibility = 'SHARED'::text)))) AND (on_day = ((now() AT TIME ZONE app.usable_time_zone(VARIADIC ARRAY[( SELECT z.time_zone
   FROM person_time_zone z
  WHERE (z.person_id = goal_access.owner_id)), ( SELECT o.time_zone
   FROM organization o
  WHERE (o.id = goal_access.organization_id))])))::date)));
create policy goal_access_select_owner_or_reader on goal_access for select to mutual_app
  using (((owner_id = ( SELECT app.signed_in_person() AS signed_in_person)) OR (reader_id = ( SELECT app.viewer() AS viewer))));

create table goal_share (
  became_active_at timestamp with time zone,
  ended_at timestamp with time zone,
  expires_at timestamp with time zone,
  goal_id uuid not null,
  id uuid not null default gen_random_uuid(),
  includes_past boolean not null default false,
  line_id uuid,
  organization_id uuid not null,
  owner_id uuid not null,
  waiting boolean not null default false,
  with_id uuid not null,
  constraint goal_share_id_owner_key UNIQUE (organization_id, id, owner_id),
  constraint goal_share_not_with_oneself CHECK ((owner_id <> with_id)),
  constraint goal_share_organization_id_goal_id_owner_id_fkey FOREIGN KEY (organization_id, goal_id, owner_id) REFERENCES personal_goal(organization_id, id, owner_id) ON DELETE CASCADE,
  constraint goal_share_organization_id_line_id_fkey FOREIGN KEY (organization_id, line_id) REFERENCES reporting_line(organization_id, id),
  constraint goal_share_organization_id_with_id_fkey FOREIGN KEY (organization_id, with_id) REFERENCES person(organization_id, id),
  constraint goal_share_pkey PRIMARY KEY (id),
  constraint goal_share_readable_once_active CHECK ((waiting = (became_active_at IS NULL)))
);
CREATE UNIQUE INDEX goal_share_live_key ON public.goal_share USING btree (goal_id, with_id) WHERE (ended_at IS NULL);
CREATE INDEX goal_share_owner_idx ON public.goal_share USING btree (owner_id, goal_id);
CREATE INDEX goal_share_waiting_idx ON public.goal_share USING btree (with_id, owner_id) WHERE (waiting AND (ended_at IS NULL));
CREATE INDEX goal_share_with_idx ON public.goal_share USING btree (with_id, goal_id) WHERE (ended_at IS NULL);
CREATE TRIGGER goal_share_acquire_goal_lock BEFORE INSERT ON public.goal_share FOR EACH ROW EXECUTE FUNCTION app.goal_share_acquire_goal_lock();
CREATE TRIGGER goal_share_after_insert AFTER INSERT ON public.goal_share FOR EACH ROW EXECUTE FUNCTION app.goal_share_after_insert();
CREATE TRIGGER goal_share_before_insert BEFORE INSERT ON public.goal_share FOR EACH ROW EXECUTE FUNCTION app.goal_share_before_insert();
CREATE TRIGGER goal_share_before_update BEFORE UPDATE ON public.goal_share FOR EACH ROW EXECUTE FUNCTION app.goal_share_before_update();
alter table goal_share enable row level security;
create policy goal_share_insert_own on goal_share for insert to mutual_app
  with check (((owner_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM personal_goal g
  WHERE ((g.id = goal_share.goal_id) AND (g.owner_id = ( SELECT app.viewer() AS viewer))))) AND ((expires_at IS NULL) OR (expires_at > now())) AND (NOT (EXISTS ( SELECT 1
   FROM employment_end e
  WHERE ((e.person_id = goal_share.with_id) AND (e.ended_at <= now())))))));
create policy goal_share_select_own_or_active on goal_share for select to mutual_app
  using (((owner_id = ( SELECT app.signed_in_person() AS signed_in_person)) OR (id = ANY (( SELECT app.active_share_ids() AS active_share_ids)::uuid[]))));
create policy goal_share_update_own on goal_share for update to mutual_app
  using ((owner_id = ( SELECT app.viewer() AS viewer)));

create table goal_share_own (
  created_at timestamp with time zone not null default now(),
  organization_id uuid not null,
  owner_id uuid not null,
  share_id uuid not null,
  constraint goal_share_own_organization_id_share_id_owner_id_fkey FOREIGN KEY (organization_id, share_id, owner_id) REFERENCES goal_share(organization_id, id, owner_id) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint goal_share_own_pkey PRIMARY KEY (share_id)
);
alter table goal_share_own enable row level security;
create policy goal_share_own_select_own on goal_share_own for select to mutual_app
  using ((owner_id = ( SELECT app.signed_in_person() AS signed_in_person)));

create table goal_update (
  at timestamp with time zone not null default now(),
  author_id uuid not null,
  created_at timestamp with time zone not null default now(),
  goal_id uuid not null,
  id uuid not null default gen_random_uuid(),
  measured_value double precision,
  organization_id uuid not null,
  text text not null,
  constraint goal_update_finite_value CHECK (finite_number(measured_value)),
  constraint goal_update_organization_id_goal_id_author_id_fkey FOREIGN KEY (organization_id, goal_id, author_id) REFERENCES personal_goal(organization_id, id, owner_id) ON DELETE CASCADE,
  constraint goal_update_pkey PRIMARY KEY (id),
  constraint goal_update_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 20000))),
  constraint goal_update_text_nfc CHECK ((text IS NFC NORMALIZED))
);
CREATE INDEX goal_update_goal_idx ON public.goal_update USING btree (goal_id, at DESC, id DESC);
alter table goal_update enable row level security;
create policy goal_update_delete_own on goal_update for delete to mutual_app
  using ((author_id = ( SELECT app.viewer() AS viewer)));
create policy goal_update_insert_own on goal_update for insert to mutual_app
  with check ((author_id = ( SELECT app.viewer() AS viewer)));
create policy goal_update_select_with_goal on goal_update for select to mutual_app
  using (((author_id = ( SELECT app.signed_in_person() AS signed_in_person)) OR (goal_id = ANY (( SELECT app.goal_ids_with_past() AS goal_ids_with_past)::uuid[])) OR (EXISTS ( SELECT 1
   FROM goal_share s
  WHERE ((s.goal_id = goal_update.goal_id) AND (s.with_id = ( SELECT app.viewer() AS viewer)) AND (goal_update.created_at >= s.became_active_at) AND (s.id = ANY (( SELECT app.active_share_ids() AS active_share_ids)::uuid[]))))) OR (EXISTS ( SELECT 1
   FROM personal_goal g
  WHERE ((g.id = goal_update.goal_id) AND (g.visibility = 'ORGANIZATION'::text))))));
create policy goal_update_update_own on goal_update for update to mutual_app
  using ((author_id = ( SELECT app.viewer() AS viewer)));

create table graphile_worker._private_job_queues (
  id integer not null generated always as identity,
  is_available boolean not null generated always as ((locked_at IS NULL)) stored,
  locked_at timestamp with time zone,
  locked_by text,
  queue_name text not null,
  constraint job_queues_pkey1 PRIMARY KEY (id),
  constraint job_queues_queue_name_check CHECK ((length(queue_name) <= 128)),
  constraint job_queues_queue_name_key UNIQUE (queue_name)
);
alter table graphile_worker._private_job_queues enable row level security;
create policy job_queues_worker on graphile_worker._private_job_queues for all to mutual_worker
  using (true)
  with check (true);

create table graphile_worker._private_jobs (
  attempts smallint not null default 0,
  created_at timestamp with time zone not null default now(),
  flags jsonb,
  id bigint not null generated always as identity,
  is_available boolean not null generated always as (((locked_at IS NULL) AND (attempts < max_attempts))) stored,
  job_queue_id integer,
  key text,
  last_error text,
  locked_at timestamp with time zone,
  locked_by text,
  max_attempts smallint not null default 25,
  payload json not null default '{}'::json,
  priority smallint not null default 0,
  revision integer not null default 0,
  run_at timestamp with time zone not null default now(),
  task_id integer not null,
  updated_at timestamp with time zone not null default now(),
  constraint jobs_key_check CHECK (((length(key) > 0) AND (length(key) <= 512))),
  constraint jobs_key_key1 UNIQUE (key),
  constraint jobs_max_attempts_check CHECK ((max_attempts >= 1)),
  constraint jobs_pkey1 PRIMARY KEY (id)
);
CREATE INDEX jobs_main_index ON graphile_worker._private_jobs USING btree (priority, run_at) INCLUDE (id, task_id, job_queue_id) WHERE (is_available = true);
CREATE INDEX jobs_no_queue_index ON graphile_worker._private_jobs USING btree (priority, run_at) INCLUDE (id, task_id) WHERE ((is_available = true) AND (job_queue_id IS NULL));
alter table graphile_worker._private_jobs enable row level security;
create policy jobs_worker on graphile_worker._private_jobs for all to mutual_worker
  using (true)
  with check (true);

create table graphile_worker._private_known_crontabs (
  identifier text not null,
  known_since timestamp with time zone not null,
  last_execution timestamp with time zone,
  constraint known_crontabs_pkey PRIMARY KEY (identifier)
);
alter table graphile_worker._private_known_crontabs enable row level security;
create policy known_crontabs_worker on graphile_worker._private_known_crontabs for all to mutual_worker
  using (true)
  with check (true);

create table graphile_worker._private_tasks (
  id integer not null generated always as identity,
  identifier text not null,
  constraint tasks_identifier_check CHECK ((length(identifier) <= 128)),
  constraint tasks_identifier_key UNIQUE (identifier),
  constraint tasks_pkey PRIMARY KEY (id)
);
alter table graphile_worker._private_tasks enable row level security;
create policy tasks_worker on graphile_worker._private_tasks for all to mutual_worker
  using (true)
  with check (true);

create table graphile_worker.migrations (
  breaking boolean not null default false,
  id integer not null,
  ts timestamp with time zone not null default now(),
  constraint migrations_pkey PRIMARY KEY (id)
);
alter table graphile_worker.migrations enable row level security;
create policy migrations_worker on graphile_worker.migrations for select to mutual_worker
  using (true);

create table handover (
  completed_at timestamp with time zone not null default now(),
  from_id uuid not null,
  line_id uuid not null,
  opened_on date not null,
  organization_id uuid not null,
  person_id uuid not null,
  to_id uuid not null,
  constraint handover_organization_id_from_id_fkey FOREIGN KEY (organization_id, from_id) REFERENCES person(organization_id, id),
  constraint handover_organization_id_line_id_fkey FOREIGN KEY (organization_id, line_id) REFERENCES reporting_line(organization_id, id),
  constraint handover_organization_id_line_id_key UNIQUE (organization_id, line_id),
  constraint handover_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint handover_organization_id_to_id_fkey FOREIGN KEY (organization_id, to_id) REFERENCES person(organization_id, id),
  constraint handover_pkey PRIMARY KEY (line_id)
);
CREATE INDEX handover_person_idx ON public.handover USING btree (person_id);
CREATE INDEX handover_to_idx ON public.handover USING btree (to_id);
alter table handover enable row level security;
create policy handover_insert_own on handover for insert to mutual_app
  with check (((person_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM app.own_former_managers() f(line_id, from_id, to_id, opened_on, ended_at)
  WHERE ((f.line_id = handover.line_id) AND (f.from_id = handover.from_id) AND (f.to_id = handover.to_id) AND (f.opened_on = handover.opened_on))))));
create policy handover_select_own_or_offered on handover for select to mutual_app
  using (((person_id = ( SELECT app.viewer() AS viewer)) OR (line_id = ANY (( SELECT app.offered_handover_ids() AS offered_handover_ids)::uuid[]))));

create table handover_offer (
  "position" integer not null,
  action_item_id uuid,
  day date,
  id uuid not null default gen_random_uuid(),
  kind text not null,
  line_id uuid not null,
  mandate_id uuid,
  organization_id uuid not null,
  text text not null,
  constraint handover_offer_kind_check CHECK ((kind = ANY (ARRAY['PROMISE'::text, 'MANDATE'::text]))),
  constraint handover_offer_organization_id_action_item_id_fkey FOREIGN KEY (organization_id, action_item_id) REFERENCES action_item(organization_id, id) ON DELETE SET NULL (action_item_id),
  constraint handover_offer_organization_id_line_id_fkey FOREIGN KEY (organization_id, line_id) REFERENCES handover(organization_id, line_id) ON DELETE CASCADE,
  constraint handover_offer_organization_id_mandate_id_fkey FOREIGN KEY (organization_id, mandate_id) REFERENCES mandate(organization_id, id) ON DELETE SET NULL (mandate_id),
  constraint handover_offer_pkey PRIMARY KEY (id),
  constraint handover_offer_taken_up_as_its_kind CHECK ((((action_item_id IS NULL) OR (kind = 'PROMISE'::text)) AND ((mandate_id IS NULL) OR (kind = 'MANDATE'::text)))),
  constraint handover_offer_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 20000)))
);
CREATE INDEX handover_offer_action_item_idx ON public.handover_offer USING btree (action_item_id) WHERE (action_item_id IS NOT NULL);
CREATE INDEX handover_offer_line_idx ON public.handover_offer USING btree (line_id, kind, "position");
CREATE INDEX handover_offer_mandate_idx ON public.handover_offer USING btree (mandate_id) WHERE (mandate_id IS NOT NULL);
CREATE TRIGGER handover_offer_guard BEFORE UPDATE ON public.handover_offer FOR EACH ROW WHEN (row_security_active(('handover_offer'::regclass)::oid)) EXECUTE FUNCTION app.handover_offer_guard();
CREATE TRIGGER handover_offer_mandate_granted AFTER UPDATE OF mandate_id ON public.handover_offer FOR EACH ROW WHEN ((new.mandate_id IS NOT NULL)) EXECUTE FUNCTION app.handover_offer_mandate_granted();
alter table handover_offer enable row level security;
create policy handover_offer_insert_own on handover_offer for insert to mutual_app
  with check (((EXISTS ( SELECT 1
   FROM handover h
  WHERE ((h.line_id = handover_offer.line_id) AND (h.person_id = ( SELECT app.viewer() AS viewer)) AND (h.completed_at = now())))) AND ((kind = 'PROMISE'::text) OR (EXISTS ( SELECT 1
   FROM mandate m
  WHERE ((m.line_id = handover_offer.line_id) AND (m.to_id = ( SELECT app.viewer() AS viewer)) AND (m.text = handover_offer.text) AND (NOT (m.last_day IS DISTINCT FROM handover_offer.day))))))));
create policy handover_offer_select_with_handover on handover_offer for select to mutual_app
  using ((EXISTS ( SELECT 1
   FROM handover h
  WHERE (h.line_id = handover_offer.line_id))));
create policy handover_offer_update_new_manager on handover_offer for update to mutual_app
  using ((line_id = ANY (( SELECT app.offered_handover_ids() AS offered_handover_ids)::uuid[])))
  with check ((EXISTS ( SELECT 1
   FROM handover h
  WHERE ((h.line_id = handover_offer.line_id) AND ((handover_offer.action_item_id IS NULL) OR (EXISTS ( SELECT 1
           FROM (action_item i
             JOIN one_to_one o ON ((o.id = i.one_to_one_id)))
          WHERE ((i.id = handover_offer.action_item_id) AND (i.owner_id = ( SELECT app.viewer() AS viewer)) AND ((h.person_id = o.first_id) OR (h.person_id = o.second_id)))))) AND ((handover_offer.mandate_id IS NULL) OR (EXISTS ( SELECT 1
           FROM mandate m
          WHERE ((m.id = handover_offer.mandate_id) AND (m.granted_by_id = ( SELECT app.viewer() AS viewer)) AND (m.to_id = h.person_id)))))))));

create table idempotency_key (
  at timestamp with time zone not null default now(),
  body_hash bytea not null,
  key text not null,
  organization_id uuid not null,
  results jsonb not null default '{}'::jsonb,
  viewer_id uuid not null,
  constraint idempotency_key_key_check CHECK ((key ~ '^[!-~]{1,200}$'::text)),
  constraint idempotency_key_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint idempotency_key_pkey PRIMARY KEY (viewer_id, key),
  constraint idempotency_key_results_check CHECK ((jsonb_typeof(results) = 'object'::text))
);
CREATE INDEX idempotency_key_at_idx ON public.idempotency_key USING btree (at);
alter table idempotency_key enable row level security;
create policy idempotency_key_no_access on idempotency_key for all to mutual_app
  using (false);

create table import_outcome (
  absent jsonb not null default '[]'::jsonb,
  absent_count integer not null,
  changed integer not null,
  created integer not null,
  ended integer not null,
  error_count integer not null,
  errors jsonb not null default '[]'::jsonb,
  managers_changed integer not null,
  organization_id uuid not null,
  report_id uuid not null,
  restored integer not null,
  token_id uuid,
  unchanged integer not null,
  constraint import_outcome_organization_id_report_id_fkey FOREIGN KEY (organization_id, report_id) REFERENCES import_report(organization_id, id),
  constraint import_outcome_pkey PRIMARY KEY (report_id)
);
alter table import_outcome enable row level security;
create policy import_outcome_select_people_admin_or_own_token on import_outcome for select to mutual_app
  using (((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)) OR (token_id = ( SELECT identity.session_id
   FROM app.identity() identity(session_id, organization_id, person_id, employed, scopes)))));

create table import_report (
  at timestamp with time zone not null default now(),
  by_id uuid,
  dry_run boolean not null,
  error_count integer not null,
  errors jsonb not null default '[]'::jsonb,
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  rows integer not null,
  token_id uuid,
  constraint import_report_organization_id_by_id_fkey FOREIGN KEY (organization_id, by_id) REFERENCES person(organization_id, id),
  constraint import_report_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint import_report_organization_id_id_key UNIQUE (organization_id, id),
  constraint import_report_pkey PRIMARY KEY (id),
  constraint import_report_token_fkey FOREIGN KEY (organization_id, token_id) REFERENCES session(organization_id, id)
);
CREATE INDEX import_report_idx ON public.import_report USING btree (organization_id, at DESC, id DESC);
alter table import_report enable row level security;
create policy import_report_select_people_admin_or_own_token on import_report for select to mutual_app
  using (((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)) OR (token_id = ( SELECT identity.session_id
   FROM app.identity() identity(session_id, organization_id, person_id, employed, scopes)))));

create unlogged table import_row (
  department text,
  department_id uuid,
  differs boolean,
  email text,
  email_key text,
  end_differs boolean,
  end_shown boolean,
  external_id text,
  hired_on date,
  id_key text,
  import_id uuid not null,
  is_new boolean,
  left_on date,
  line integer not null,
  line_manager_id uuid,
  location text,
  location_id uuid,
  manager_differs boolean,
  manager_external_id text,
  manager_id uuid,
  manager_in_file boolean,
  manager_key text,
  name text,
  new_end date,
  organization_id uuid not null,
  person_id uuid,
  title text,
  constraint import_row_pkey PRIMARY KEY (import_id, line)
);
alter table import_row enable row level security;
create policy import_row_nobody on import_row for all to mutual_app
  using (false);

create table installation_secret (
  inner_key bytea not null default sha256(((uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) || uuid_send(gen_random_uuid()))),
  outer_key bytea not null default sha256(((uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) || uuid_send(gen_random_uuid()))),
  single boolean not null default true,
  constraint installation_secret_pkey PRIMARY KEY (single),
  constraint installation_secret_single_check CHECK (single)
);
alter table installation_secret enable row level security;
create policy installation_secret_no_access on installation_secret for all to mutual_app
  using (false);

create table invitation (
  accepted_at timestamp with time zone,
  address text not null,
  expires_at timestamp with time zone not null default (now() + '72:00:00'::interval),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  person_id uuid not null,
  sent_at timestamp with time zone not null default now(),
  sent_by uuid,
  token_hash bytea,
  constraint invitation_address_check CHECK (((char_length(address) >= 3) AND (char_length(address) <= 254))),
  constraint invitation_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint invitation_organization_id_sent_by_fkey FOREIGN KEY (organization_id, sent_by) REFERENCES person(organization_id, id),
  constraint invitation_pkey PRIMARY KEY (id),
  constraint invitation_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX invitation_idx ON public.invitation USING btree (organization_id, sent_at DESC, id DESC);
CREATE INDEX invitation_person_idx ON public.invitation USING btree (person_id);
alter table invitation enable row level security;
create policy invitation_select_people_admin on invitation for select to mutual_app
  using ((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)));

create table key_result (
  "position" integer not null,
  business_goal_id uuid not null,
  current_value double precision not null,
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  start_value double precision not null,
  target_value double precision not null,
  title text not null,
  unit text not null,
  constraint key_result_finite_values CHECK ((finite_number(start_value) AND finite_number(current_value) AND finite_number(target_value))),
  constraint key_result_goes_somewhere CHECK ((start_value <> target_value)),
  constraint key_result_organization_id_business_goal_id_fkey FOREIGN KEY (organization_id, business_goal_id) REFERENCES business_goal(organization_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint key_result_pkey PRIMARY KEY (id),
  constraint key_result_title_length CHECK (((char_length(title) >= 1) AND (char_length(title) <= 2000))),
  constraint key_result_title_nfc CHECK ((title IS NFC NORMALIZED)),
  constraint key_result_unit_length CHECK (((char_length(unit) >= 1) AND (char_length(unit) <= 500))),
  constraint key_result_unit_nfc CHECK ((unit IS NFC NORMALIZED))
);
CREATE INDEX key_result_goal_idx ON public.key_result USING btree (business_goal_id, "position", id);
alter table key_result enable row level security;
create policy key_result_delete_own_goal on key_result for delete to mutual_app
  using ((EXISTS ( SELECT 1
   FROM business_goal b
  WHERE ((b.id = key_result.business_goal_id) AND (b.owner_id = ( SELECT app.viewer() AS viewer))))));
create policy key_result_insert_own_goal on key_result for insert to mutual_app
  with check ((EXISTS ( SELECT 1
   FROM business_goal b
  WHERE ((b.id = key_result.business_goal_id) AND (b.owner_id = ( SELECT app.viewer() AS viewer))))));
create policy key_result_select_with_goal on key_result for select to mutual_app
  using ((EXISTS ( SELECT 1
   FROM business_goal b
  WHERE (b.id = key_result.business_goal_id))));
create policy key_result_update_own_goal on key_result for update to mutual_app
  using ((EXISTS ( SELECT 1
   FROM business_goal b
  WHERE ((b.id = key_result.business_goal_id) AND (b.owner_id = ( SELECT app.viewer() AS viewer))))));

create table location (
  id uuid not null default uuidv7(),
  name text not null,
  organization_id uuid not null,
  constraint location_name_length CHECK (((octet_length(name) >= 1) AND (octet_length(name) <= 2400))),
  constraint location_name_nfc CHECK ((name IS NFC NORMALIZED)),
  constraint location_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint location_organization_id_id_key UNIQUE (organization_id, id),
  constraint location_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX location_name_key ON public.location USING btree (organization_id, folded_name(name));
alter table location enable row level security;
create policy location_delete_people_admin_unused on location for delete to mutual_app
  using (((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)) AND (NOT (EXISTS ( SELECT 1
   FROM person p
  WHERE ((p.organization_id = location.organization_id) AND (p.location_id = location.id)))))));
create policy location_insert_people_admin on location for insert to mutual_app
  with check ((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)));
create policy location_select_directory on location for select to mutual_app
  using ((organization_id = ( SELECT app.directory_organization() AS directory_organization)));
create policy location_update_people_admin on location for update to mutual_app
  using ((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)));

create table mandate (
  ended_at timestamp with time zone,
  expires_at timestamp with time zone,
  granted_by_id uuid not null,
  id uuid not null default gen_random_uuid(),
  last_day date,
  line_id uuid not null,
  organization_id uuid not null,
  published boolean not null default false,
  text text not null,
  to_id uuid not null,
  constraint mandate_expiry CHECK (((last_day IS NULL) = (expires_at IS NULL))),
  constraint mandate_organization_id_granted_by_id_fkey FOREIGN KEY (organization_id, granted_by_id) REFERENCES person(organization_id, id),
  constraint mandate_organization_id_id_key UNIQUE (organization_id, id),
  constraint mandate_organization_id_line_id_fkey FOREIGN KEY (organization_id, line_id) REFERENCES reporting_line(organization_id, id),
  constraint mandate_organization_id_to_id_fkey FOREIGN KEY (organization_id, to_id) REFERENCES person(organization_id, id),
  constraint mandate_pkey PRIMARY KEY (id),
  constraint mandate_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 20000))),
  constraint mandate_two_people CHECK ((granted_by_id <> to_id))
);
CREATE INDEX mandate_granted_by_idx ON public.mandate USING btree (granted_by_id);
CREATE INDEX mandate_line_idx ON public.mandate USING btree (line_id);
CREATE INDEX mandate_to_idx ON public.mandate USING btree (to_id, id);
CREATE TRIGGER mandate_after_write AFTER INSERT OR UPDATE ON public.mandate FOR EACH ROW EXECUTE FUNCTION app.mandate_after_write();
CREATE TRIGGER mandate_derive BEFORE INSERT OR UPDATE ON public.mandate FOR EACH ROW EXECUTE FUNCTION app.mandate_derive();
CREATE TRIGGER mandate_guard BEFORE INSERT OR UPDATE ON public.mandate FOR EACH ROW WHEN (row_security_active(('mandate'::regclass)::oid)) EXECUTE FUNCTION app.mandate_guard();
alter table mandate enable row level security;
create policy mandate_insert_manager on mandate for insert to mutual_app
  with check (((granted_by_id = ( SELECT app.viewer() AS viewer)) AND (line_id = app.open_line_of_report(to_id))));
create policy mandate_select_own_or_published on mandate for select to mutual_app
  using (((granted_by_id = ( SELECT app.viewer() AS viewer)) OR (to_id = ( SELECT app.viewer() AS viewer)) OR (published AND (organization_id = ( SELECT app.organization() AS organization)) AND (app.mandate_ended_at(ended_at, expires_at, line_id) IS NULL))));
create policy mandate_update_own on mandate for update to mutual_app
  using (((granted_by_id = ( SELECT app.viewer() AS viewer)) OR (to_id = ( SELECT app.viewer() AS viewer))));

create table mandate_own (
  granted_at timestamp with time zone not null default now(),
  granted_by_id uuid not null,
  mandate_id uuid not null,
  organization_id uuid not null,
  publication_asked_by_id uuid,
  text_by_id uuid,
  to_id uuid not null,
  version integer not null default 1,
  constraint mandate_own_asked_by_either CHECK (((publication_asked_by_id = granted_by_id) OR (publication_asked_by_id = to_id))),
  constraint mandate_own_organization_id_granted_by_id_fkey FOREIGN KEY (organization_id, granted_by_id) REFERENCES person(organization_id, id),
  constraint mandate_own_organization_id_mandate_id_fkey FOREIGN KEY (organization_id, mandate_id) REFERENCES mandate(organization_id, id) ON DELETE CASCADE,
  constraint mandate_own_organization_id_to_id_fkey FOREIGN KEY (organization_id, to_id) REFERENCES person(organization_id, id),
  constraint mandate_own_pkey PRIMARY KEY (mandate_id),
  constraint mandate_own_text_by_fkey FOREIGN KEY (organization_id, text_by_id) REFERENCES person(organization_id, id) NOT VALID
);
CREATE INDEX mandate_own_text_by_idx ON public.mandate_own USING btree (text_by_id) WHERE (text_by_id IS NOT NULL);
alter table mandate_own enable row level security;
create policy mandate_own_select_own on mandate_own for select to mutual_app
  using (((granted_by_id = ( SELECT app.viewer() AS viewer)) OR (to_id = ( SELECT app.viewer() AS viewer))));
create policy mandate_own_update_own on mandate_own for update to mutual_app
  using (((granted_by_id = ( SELECT app.viewer() AS viewer)) OR (to_id = ( SELECT app.viewer() AS viewer))))
  with check (((publication_asked_by_id IS NULL) OR (publication_asked_by_id = ( SELECT app.viewer() AS viewer))));

create table milestone (
  "position" integer not null,
  created_at timestamp with time zone not null default now(),
  goal_id uuid not null,
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  owner_id uuid not null,
  reached_at timestamp with time zone,
  reached_on date,
  title text not null,
  constraint milestone_organization_id_goal_id_owner_id_fkey FOREIGN KEY (organization_id, goal_id, owner_id) REFERENCES personal_goal(organization_id, id, owner_id) ON DELETE CASCADE,
  constraint milestone_pkey PRIMARY KEY (id),
  constraint milestone_reached CHECK (((reached_on IS NULL) = (reached_at IS NULL))),
  constraint milestone_title_length CHECK (((char_length(title) >= 1) AND (char_length(title) <= 2000))),
  constraint milestone_title_nfc CHECK ((title IS NFC NORMALIZED))
);
CREATE INDEX milestone_goal_idx ON public.milestone USING btree (goal_id, "position", id);
alter table milestone enable row level security;
create policy milestone_delete_own on milestone for delete to mutual_app
  using ((owner_id = ( SELECT app.viewer() AS viewer)));
create policy milestone_insert_own on milestone for insert to mutual_app
  with check ((owner_id = ( SELECT app.viewer() AS viewer)));
create policy milestone_select_with_goal on milestone for select to mutual_app
  using (((owner_id = ( SELECT app.signed_in_person() AS signed_in_person)) OR (goal_id = ANY (( SELECT app.goal_ids_with_past() AS goal_ids_with_past)::uuid[])) OR (EXISTS ( SELECT 1
   FROM goal_share s
  WHERE ((s.goal_id = milestone.goal_id) AND (s.with_id = ( SELECT app.viewer() AS viewer)) AND ((milestone.created_at >= s.became_active_at) OR (milestone.reached_at >= s.became_active_at)) AND (s.id = ANY (( SELECT app.active_share_ids() AS active_share_ids)::uuid[]))))) OR (EXISTS ( SELECT 1
   FROM personal_goal g
  WHERE ((g.id = milestone.goal_id) AND (g.visibility = 'ORGANIZATION'::text))))));
create policy milestone_update_own on milestone for update to mutual_app
  using ((owner_id = ( SELECT app.viewer() AS viewer)));

create table nameless_barrier (
  description text,
  hinders_customers boolean not null,
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  procedure_area_id uuid,
  proposed_remedy text,
  shuffled boolean not null default false,
  staged_on date not null,
  title text not null,
  constraint nameless_barrier_description_check CHECK ((description IS NFC NORMALIZED)),
  constraint nameless_barrier_description_check1 CHECK (((char_length(description) >= 1) AND (char_length(description) <= 20000))),
  constraint nameless_barrier_pkey PRIMARY KEY (id),
  constraint nameless_barrier_proposed_remedy_check CHECK ((proposed_remedy IS NFC NORMALIZED)),
  constraint nameless_barrier_proposed_remedy_check1 CHECK (((char_length(proposed_remedy) >= 1) AND (char_length(proposed_remedy) <= 20000))),
  constraint nameless_barrier_title_check CHECK ((title IS NFC NORMALIZED)),
  constraint nameless_barrier_title_check1 CHECK (((char_length(title) >= 1) AND (char_length(title) <= 2000)))
);
alter table nameless_barrier enable row level security;
create policy nameless_barrier_nobody on nameless_barrier for all to mutual_app
  using (false);

create table notes_import (
  accepted_at timestamp with time zone,
  id uuid not null default uuidv7(),
  one_to_one_id uuid not null,
  organization_id uuid not null,
  proposed_at timestamp with time zone not null default now(),
  proposed_by_id uuid not null,
  constraint notes_import_organization_id_id_key UNIQUE (organization_id, id),
  constraint notes_import_organization_id_one_to_one_id_fkey FOREIGN KEY (organization_id, one_to_one_id) REFERENCES one_to_one(organization_id, id) ON DELETE CASCADE,
  constraint notes_import_organization_id_proposed_by_id_fkey FOREIGN KEY (organization_id, proposed_by_id) REFERENCES person(organization_id, id),
  constraint notes_import_pkey PRIMARY KEY (id)
);
CREATE INDEX notes_import_one_to_one_idx ON public.notes_import USING btree (one_to_one_id, id DESC);
CREATE UNIQUE INDEX notes_import_open_key ON public.notes_import USING btree (one_to_one_id) WHERE (accepted_at IS NULL);
CREATE TRIGGER notes_import_before_insert BEFORE INSERT ON public.notes_import FOR EACH ROW EXECUTE FUNCTION app.notes_import_before_insert();
alter table notes_import enable row level security;
create policy notes_import_delete_participants on notes_import for delete to mutual_app
  using (((one_to_one_id = ANY (( SELECT app.one_to_one_ids() AS one_to_one_ids)::uuid[])) AND (accepted_at IS NULL) AND (proposed_at > (now() - '30 days'::interval))));
create policy notes_import_insert_participants on notes_import for insert to mutual_app
  with check (((proposed_by_id = ( SELECT app.viewer() AS viewer)) AND (one_to_one_id = ANY (( SELECT app.open_one_to_one_ids() AS open_one_to_one_ids)::uuid[]))));
create policy notes_import_select_participants on notes_import for select to mutual_app
  using (((one_to_one_id = ANY (( SELECT app.one_to_one_ids() AS one_to_one_ids)::uuid[])) AND ((accepted_at IS NOT NULL) OR (proposed_at > (now() - '30 days'::interval)))));

create table notes_import_section (
  held_on date not null,
  import_id uuid not null,
  organization_id uuid not null,
  text text not null,
  constraint notes_import_section_organization_id_import_id_fkey FOREIGN KEY (organization_id, import_id) REFERENCES notes_import(organization_id, id) ON DELETE CASCADE,
  constraint notes_import_section_pkey PRIMARY KEY (import_id, held_on),
  constraint notes_import_section_text_check CHECK ((char_length(text) <= 20000))
);
alter table notes_import_section enable row level security;
create policy notes_import_section_insert_proposer on notes_import_section for insert to mutual_app
  with check ((EXISTS ( SELECT 1
   FROM notes_import n
  WHERE ((n.id = notes_import_section.import_id) AND (n.proposed_by_id = ( SELECT app.viewer() AS viewer)) AND (n.accepted_at IS NULL) AND (n.proposed_at = now()) AND (n.one_to_one_id = ANY (( SELECT app.open_one_to_one_ids() AS open_one_to_one_ids)::uuid[]))))));
create policy notes_import_section_select_participants on notes_import_section for select to mutual_app
  using ((EXISTS ( SELECT 1
   FROM notes_import n
  WHERE (n.id = notes_import_section.import_id))));

create table one_to_one (
  duration_minutes integer not null default 30,
  ended_at timestamp with time zone,
  first_id uuid not null,
  id uuid not null default uuidv7(),
  invited_at timestamp with time zone not null default now(),
  line_id uuid,
  organization_id uuid not null,
  pause_began_at timestamp with time zone,
  pause_ends_at timestamp with time zone,
  pause_over_at timestamp with time zone,
  paused_until date,
  recurrence text,
  recurrence_starts_at timestamp with time zone,
  second_id uuid not null,
  started_by_id uuid not null,
  state text not null,
  time_zone text not null,
  version integer not null default 1,
  constraint one_to_one_duration_minutes_check CHECK (((duration_minutes >= 5) AND (duration_minutes <= 480))),
  constraint one_to_one_ended CHECK (((state = 'ENDED'::text) = (ended_at IS NOT NULL))),
  constraint one_to_one_latest_pause CHECK ((((pause_began_at IS NULL) = (pause_over_at IS NULL)) AND (pause_began_at <= pause_over_at))) NOT VALID,
  constraint one_to_one_organization_id_first_id_fkey FOREIGN KEY (organization_id, first_id) REFERENCES person(organization_id, id),
  constraint one_to_one_organization_id_id_key UNIQUE (organization_id, id),
  constraint one_to_one_organization_id_line_id_fkey FOREIGN KEY (organization_id, line_id) REFERENCES reporting_line(organization_id, id),
  constraint one_to_one_organization_id_second_id_fkey FOREIGN KEY (organization_id, second_id) REFERENCES person(organization_id, id),
  constraint one_to_one_pause CHECK (((paused_until IS NULL) = (pause_ends_at IS NULL))) NOT VALID,
  constraint one_to_one_pkey PRIMARY KEY (id),
  constraint one_to_one_recurrence CHECK (((recurrence IS NULL) = (recurrence_starts_at IS NULL))),
  constraint one_to_one_recurrence_check CHECK ((char_length(recurrence) <= 500)),
  constraint one_to_one_started_by_either CHECK (((started_by_id = first_id) OR (started_by_id = second_id))),
  constraint one_to_one_state_check CHECK ((state = ANY (ARRAY['INVITED'::text, 'OPEN'::text, 'ENDED'::text]))),
  constraint one_to_one_two_people CHECK ((first_id < second_id))
);
CREATE INDEX one_to_one_first_idx ON public.one_to_one USING btree (first_id);
CREATE UNIQUE INDEX one_to_one_live_key ON public.one_to_one USING btree (first_id, second_id) WHERE (state <> 'ENDED'::text);
CREATE INDEX one_to_one_second_idx ON public.one_to_one USING btree (second_id);
CREATE TRIGGER one_to_one_after_open AFTER INSERT OR UPDATE OF state ON public.one_to_one FOR EACH ROW WHEN ((new.state = 'OPEN'::text)) EXECUTE FUNCTION app.one_to_one_after_open();
CREATE TRIGGER one_to_one_after_pause AFTER UPDATE ON public.one_to_one FOR EACH ROW WHEN ((new.pause_ends_at IS DISTINCT FROM old.pause_ends_at)) EXECUTE FUNCTION app.one_to_one_after_pause();
CREATE TRIGGER one_to_one_ended_guard BEFORE UPDATE ON public.one_to_one FOR EACH ROW WHEN (row_security_active(('one_to_one'::regclass)::oid)) EXECUTE FUNCTION app.one_to_one_ended_guard();
CREATE TRIGGER one_to_one_guard BEFORE INSERT OR UPDATE ON public.one_to_one FOR EACH ROW EXECUTE FUNCTION app.one_to_one_guard();
CREATE TRIGGER one_to_one_invited AFTER INSERT ON public.one_to_one FOR EACH ROW WHEN (((new.state = 'INVITED'::text) AND row_security_active(('one_to_one'::regclass)::oid))) EXECUTE FUNCTION app.one_to_one_invited();
CREATE TRIGGER record_one_to_one_ended AFTER UPDATE OF state ON public.one_to_one FOR EACH ROW WHEN (((old.state <> 'ENDED'::text) AND (new.state = 'ENDED'::text))) EXECUTE FUNCTION app.record_one_to_one_ended();
alter table one_to_one enable row level security;
create policy one_to_one_insert_starter on one_to_one for insert to mutual_app
  with check (((started_by_id = ( SELECT app.viewer() AS viewer)) AND ((first_id = ( SELECT app.viewer() AS viewer)) OR (second_id = ( SELECT app.viewer() AS viewer))) AND (organization_id = ( SELECT app.organization() AS organization)) AND (EXISTS ( SELECT 1
   FROM person p
  WHERE (p.id = one_to_one.first_id))) AND (EXISTS ( SELECT 1
   FROM person p
  WHERE (p.id = one_to_one.second_id))) AND ((state = 'INVITED'::text) OR ((state = 'OPEN'::text) AND (line_id IS NOT NULL))) AND (NOT (line_id IS DISTINCT FROM app.open_line_id(first_id, second_id))) AND (NOT (EXISTS ( SELECT 1
   FROM employment_end e
  WHERE ((e.person_id = ANY (ARRAY[one_to_one.first_id, one_to_one.second_id])) AND (e.ended_at <= now())))))));
create policy one_to_one_select_participants on one_to_one for select to mutual_app
  using ((((first_id = ( SELECT app.viewer() AS viewer)) OR (second_id = ( SELECT app.viewer() AS viewer))) AND ((state <> 'INVITED'::text) OR ((invited_at > (now() - '30 days'::interval)) AND (id <> ALL (( SELECT app.declined_one_to_one_ids() AS declined_one_to_one_ids)::uuid[]))))));
create policy one_to_one_update_participants on one_to_one for update to mutual_app
  using ((id = ANY (( SELECT app.one_to_one_ids() AS one_to_one_ids)::uuid[])));

create table one_to_one_decline (
  declined_at timestamp with time zone not null default now(),
  one_to_one_id uuid not null,
  organization_id uuid not null,
  person_id uuid not null,
  constraint one_to_one_decline_organization_id_one_to_one_id_fkey FOREIGN KEY (organization_id, one_to_one_id) REFERENCES one_to_one(organization_id, id) ON DELETE CASCADE,
  constraint one_to_one_decline_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint one_to_one_decline_pkey PRIMARY KEY (one_to_one_id)
);
alter table one_to_one_decline enable row level security;
create policy one_to_one_decline_insert_invited on one_to_one_decline for insert to mutual_app
  with check (((person_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM one_to_one o
  WHERE ((o.id = one_to_one_decline.one_to_one_id) AND (o.state = 'INVITED'::text) AND (o.started_by_id <> ( SELECT app.viewer() AS viewer)))))));
create policy one_to_one_decline_select_own on one_to_one_decline for select to mutual_app
  using ((person_id = ( SELECT app.viewer() AS viewer)));

create table organization (
  access_log_retention_months integer not null default 12,
  conversation_retention_months integer not null default 24,
  created_at timestamp with time zone not null default now(),
  id uuid not null default uuidv7(),
  leaders_share_first boolean not null default true,
  minimum_group_size integer not null default 5,
  name text not null,
  pulse_rhythm text not null default 'MONTHLY'::text,
  purpose text not null default 'For people''s own lives and for trust between them. Never used for pay, rating, promotion or dismissal.'::text,
  time_zone text not null default 'UTC'::text,
  trends_published_after_days integer not null default 7,
  trends_visible_to text not null default 'EVERYONE'::text,
  constraint organization_access_log_retention CHECK (((access_log_retention_months >= 1) AND (access_log_retention_months <= 12))),
  constraint organization_conversation_retention CHECK (((conversation_retention_months >= 1) AND (conversation_retention_months <= 120))),
  constraint organization_minimum_group_size_check CHECK (((minimum_group_size >= 5) AND (minimum_group_size <= 1000))),
  constraint organization_name_length CHECK (((octet_length(name) >= 1) AND (octet_length(name) <= 2400))),
  constraint organization_name_nfc CHECK ((name IS NFC NORMALIZED)),
  constraint organization_pkey PRIMARY KEY (id),
  constraint organization_pulse_rhythm_check CHECK ((pulse_rhythm = ANY (ARRAY['MONTHLY'::text, 'QUARTERLY'::text, 'OFF'::text]))),
  constraint organization_trends_published_after_days_check CHECK (((trends_published_after_days >= 0) AND (trends_published_after_days <= 14))),
  constraint organization_trends_visible_to_check CHECK ((trends_visible_to = ANY (ARRAY['EVERYONE'::text, 'LEADERS_AND_HR'::text, 'HR'::text])))
);
CREATE TRIGGER organization_minimum_group_size_rises BEFORE UPDATE OF minimum_group_size ON public.organization FOR EACH ROW WHEN ((new.minimum_group_size < old.minimum_group_size)) EXECUTE FUNCTION app.organization_minimum_group_size_rises();
CREATE TRIGGER organization_time_zone_changed AFTER UPDATE OF time_zone ON public.organization FOR EACH ROW WHEN ((new.time_zone IS DISTINCT FROM old.time_zone)) EXECUTE FUNCTION app.organization_time_zone_changed();
CREATE TRIGGER record_retention AFTER INSERT OR UPDATE OF conversation_retention_months, access_log_retention_months ON public.organization FOR EACH ROW EXECUTE FUNCTION app.record_retention();
alter table organization enable row level security;
create policy organization_select_own on organization for select to mutual_app
  using (((id = ( SELECT app.directory_organization() AS directory_organization)) OR (id = ( SELECT app.signed_in_organization() AS signed_in_organization)) OR (id = ( SELECT app.import_organization() AS import_organization))));
create policy organization_update_organization_admin on organization for update to mutual_app
  using ((id = ( SELECT app.organization_as('ORGANIZATION_ADMIN'::text) AS organization_as)));

create table outbox_mail (
  about jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  id uuid not null default uuidv7(),
  kind text not null,
  organization_id uuid,
  person_id uuid,
  recipient text not null,
  constraint outbox_mail_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint outbox_mail_pkey PRIMARY KEY (id)
);
CREATE TRIGGER enqueue_mail AFTER INSERT ON public.outbox_mail REFERENCING NEW TABLE AS new_mails FOR EACH STATEMENT EXECUTE FUNCTION app.enqueue_mail();
alter table outbox_mail enable row level security;
create policy outbox_mail_nobody on outbox_mail for all to mutual_app
  using (false);

create table password_reset (
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null default (now() + '72:00:00'::interval),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  person_id uuid not null,
  token_hash bytea not null,
  used_at timestamp with time zone,
  constraint password_reset_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint password_reset_person_id_fkey FOREIGN KEY (person_id) REFERENCES account(person_id),
  constraint password_reset_pkey PRIMARY KEY (id),
  constraint password_reset_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX password_reset_person_idx ON public.password_reset USING btree (person_id);
alter table password_reset enable row level security;
create policy password_reset_nobody on password_reset for all to mutual_app
  using (false);

create table period_group (
  group_id uuid not null,
  name text not null,
  organization_id uuid not null,
  period_id uuid not null,
  tree text not null,
  constraint period_group_organization_id_period_id_fkey FOREIGN KEY (organization_id, period_id) REFERENCES engagement_period(organization_id, id) ON DELETE CASCADE,
  constraint period_group_pkey PRIMARY KEY (period_id, tree, group_id),
  constraint period_group_tree_check CHECK ((tree = ANY (ARRAY['DEPARTMENT'::text, 'LOCATION'::text])))
);
alter table period_group enable row level security;
create policy period_group_nobody on period_group for all to mutual_app
  using (false);

create table period_member (
  department_id uuid,
  location_id uuid,
  manager_id uuid,
  organization_id uuid not null,
  period_id uuid not null,
  person_id uuid not null,
  constraint period_member_organization_id_period_id_fkey FOREIGN KEY (organization_id, period_id) REFERENCES engagement_period(organization_id, id) ON DELETE CASCADE,
  constraint period_member_pkey PRIMARY KEY (period_id, person_id)
);
CREATE INDEX period_member_person_idx ON public.period_member USING btree (person_id);
alter table period_member enable row level security;
create policy period_member_nobody on period_member for all to mutual_app
  using (false);

create table person (
  created_at timestamp with time zone not null default now(),
  department_id uuid,
  email text,
  external_id text,
  hired_on date,
  id uuid not null default uuidv7(),
  location_id uuid,
  name text not null,
  organization_id uuid not null,
  search_text text generated always as (searchable(((((name || ' '::text) || COALESCE(email, ''::text)) || ' '::text) || COALESCE(title, ''::text)))) stored,
  title text,
  constraint person_email_check CHECK (((char_length(email) >= 3) AND (char_length(email) <= 254))),
  constraint person_external_id_length CHECK (((octet_length(external_id) >= 1) AND (octet_length(external_id) <= 2400))),
  constraint person_external_id_nfc CHECK ((external_id IS NFC NORMALIZED)),
  constraint person_name_length CHECK (((octet_length(name) >= 1) AND (octet_length(name) <= 2400))),
  constraint person_name_nfc CHECK ((name IS NFC NORMALIZED)),
  constraint person_organization_id_department_id_fkey FOREIGN KEY (organization_id, department_id) REFERENCES department(organization_id, id),
  constraint person_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint person_organization_id_id_key UNIQUE (organization_id, id),
  constraint person_organization_id_location_id_fkey FOREIGN KEY (organization_id, location_id) REFERENCES location(organization_id, id),
  constraint person_pkey PRIMARY KEY (id),
  constraint person_title_length CHECK (((char_length(title) >= 0) AND (char_length(title) <= 2000))),
  constraint person_title_nfc CHECK ((title IS NFC NORMALIZED))
);
CREATE INDEX person_department_idx ON public.person USING btree (organization_id, department_id, name, id);
CREATE UNIQUE INDEX person_email_key ON public.person USING btree (organization_id, folded_address(email));
CREATE UNIQUE INDEX person_external_id_key ON public.person USING btree (organization_id, folded_id(external_id));
CREATE INDEX person_id_twin_idx ON public.person USING btree (organization_id, id_twin_key(external_id)) WHERE (external_id IS NOT NULL);
CREATE INDEX person_location_idx ON public.person USING btree (organization_id, location_id, name, id);
CREATE INDEX person_name_idx ON public.person USING btree (organization_id, name, id);
CREATE INDEX person_search_idx ON public.person USING gin (search_text gin_trgm_ops);
alter table person enable row level security;
create policy person_insert_people_admin on person for insert to mutual_app
  with check ((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)));
create policy person_select_directory_or_own_goals on person for select to mutual_app
  using (((organization_id = ( SELECT app.directory_organization() AS directory_organization)) OR (id = ( SELECT app.signed_in_person() AS signed_in_person)) OR (id = ANY (( SELECT app.people_of_own_goals() AS people_of_own_goals)::uuid[]))));
create policy person_update_people_admin on person for update to mutual_app
  using ((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)));

create table person_preference (
  organization_id uuid not null,
  person_id uuid not null,
  reminders_by_mail boolean not null default true,
  constraint person_preference_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint person_preference_pkey PRIMARY KEY (person_id)
);
alter table person_preference enable row level security;
create policy person_preference_insert_own on person_preference for insert to mutual_app
  with check ((person_id = ( SELECT app.viewer() AS viewer)));
create policy person_preference_select_own on person_preference for select to mutual_app
  using ((person_id = ( SELECT app.viewer() AS viewer)));
create policy person_preference_update_own on person_preference for update to mutual_app
  using ((person_id = ( SELECT app.viewer() AS viewer)));

create table person_time_zone (
  organization_id uuid not null,
  person_id uuid not null,
  time_zone text not null,
  constraint person_time_zone_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint person_time_zone_pkey PRIMARY KEY (person_id)
);
alter table person_time_zone enable row level security;
create policy person_time_zone_insert_own on person_time_zone for insert to mutual_app
  with check ((person_id = ( SELECT app.viewer() AS viewer)));
create policy person_time_zone_select_directory_or_own on person_time_zone for select to mutual_app
  using (((organization_id = ( SELECT app.directory_organization() AS directory_organization)) OR (person_id = ( SELECT app.signed_in_person() AS signed_in_person))));
create policy person_time_zone_update_own on person_time_zone for update to mutual_app
  using ((person_id = ( SELECT app.viewer() AS viewer)));

create table personal_goal (
  horizon text,
  id uuid not null default gen_random_uuid(),
  measure_current double precision,
  measure_start double precision,
  measure_target double precision,
  measure_unit text,
  open_to_proposals boolean not null default false,
  organization_id uuid not null,
  owner_id uuid not null,
  status text not null default 'ACTIVE'::text,
  target_on date,
  title text not null,
  visibility text not null default 'PRIVATE'::text,
  why text,
  constraint personal_goal_finite_measure CHECK ((finite_number(measure_start) AND finite_number(measure_current) AND finite_number(measure_target))),
  constraint personal_goal_horizon_check CHECK ((horizon = ANY (ARRAY['THIS_YEAR'::text, 'FEW_YEARS'::text, 'DECADE'::text, 'LIFE'::text]))),
  constraint personal_goal_measure_unit_length CHECK (((char_length(measure_unit) >= 1) AND (char_length(measure_unit) <= 500))),
  constraint personal_goal_measure_unit_nfc CHECK ((measure_unit IS NFC NORMALIZED)),
  constraint personal_goal_organization_id_id_key UNIQUE (organization_id, id),
  constraint personal_goal_organization_id_id_owner_id_key UNIQUE (organization_id, id, owner_id),
  constraint personal_goal_organization_id_owner_id_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES person(organization_id, id),
  constraint personal_goal_pkey PRIMARY KEY (id),
  constraint personal_goal_status_check CHECK ((status = ANY (ARRAY['ACTIVE'::text, 'RESTING'::text, 'ACHIEVED'::text, 'SET_ASIDE'::text]))),
  constraint personal_goal_title_length CHECK (((char_length(title) >= 1) AND (char_length(title) <= 2000))),
  constraint personal_goal_title_nfc CHECK ((title IS NFC NORMALIZED)),
  constraint personal_goal_visibility_check CHECK ((visibility = ANY (ARRAY['PRIVATE'::text, 'SHARED'::text, 'ORGANIZATION'::text]))),
  constraint personal_goal_whole_measure CHECK ((num_nulls(measure_unit, measure_start, measure_current, measure_target) = ANY (ARRAY[0, 4]))),
  constraint personal_goal_why_check CHECK ((char_length(why) <= 20000)),
  constraint personal_goal_why_nfc CHECK ((why IS NFC NORMALIZED))
);
CREATE INDEX personal_goal_organization_wide_idx ON public.personal_goal USING btree (organization_id, owner_id) WHERE (visibility = 'ORGANIZATION'::text);
CREATE INDEX personal_goal_owner_idx ON public.personal_goal USING btree (owner_id, id);
CREATE TRIGGER personal_goal_visibility_changed AFTER INSERT OR UPDATE OF visibility ON public.personal_goal FOR EACH ROW EXECUTE FUNCTION app.personal_goal_visibility_changed();
alter table personal_goal enable row level security;
create policy personal_goal_delete_own on personal_goal for delete to mutual_app
  using ((owner_id = ( SELECT app.signed_in_person() AS signed_in_person)));
create policy personal_goal_insert_own on personal_goal for insert to mutual_app
  with check (((owner_id = ( SELECT app.viewer() AS viewer)) AND (organization_id = ( SELECT app.organization() AS organization))));
create policy personal_goal_select_visible on personal_goal for select to mutual_app
  using (((owner_id = ( SELECT app.signed_in_person() AS signed_in_person)) OR (id = ANY (( SELECT app.shared_goal_ids() AS shared_goal_ids)::uuid[])) OR ((visibility = 'ORGANIZATION'::text) AND (organization_id = ( SELECT app.organization() AS organization)) AND (NOT (EXISTS ( SELECT 1
   FROM employment_end e
  WHERE ((e.person_id = personal_goal.owner_id) AND (e.ended_at <= ( SELECT clock_timestamp() AS clock_timestamp)))))))));
create policy personal_goal_update_own on personal_goal for update to mutual_app
  using ((owner_id = ( SELECT app.viewer() AS viewer)));

create table personal_goal_own (
  area text,
  created_at timestamp with time zone not null default now(),
  goal_id uuid not null,
  organization_id uuid not null,
  owner_id uuid not null,
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint personal_goal_own_area_length CHECK (((char_length(area) >= 1) AND (char_length(area) <= 1000))),
  constraint personal_goal_own_area_nfc CHECK ((area IS NFC NORMALIZED)),
  constraint personal_goal_own_organization_id_goal_id_owner_id_fkey FOREIGN KEY (organization_id, goal_id, owner_id) REFERENCES personal_goal(organization_id, id, owner_id) ON DELETE CASCADE,
  constraint personal_goal_own_pkey PRIMARY KEY (goal_id)
);
CREATE INDEX personal_goal_own_owner_idx ON public.personal_goal_own USING btree (owner_id, created_at DESC, goal_id);
alter table personal_goal_own enable row level security;
create policy personal_goal_own_insert_own on personal_goal_own for insert to mutual_app
  with check (((owner_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM personal_goal g
  WHERE ((g.id = personal_goal_own.goal_id) AND (g.owner_id = ( SELECT app.viewer() AS viewer)))))));
create policy personal_goal_own_select_own on personal_goal_own for select to mutual_app
  using ((owner_id = ( SELECT app.signed_in_person() AS signed_in_person)));
create policy personal_goal_own_update_own on personal_goal_own for update to mutual_app
  using ((owner_id = ( SELECT app.viewer() AS viewer)));

create table personal_goal_version (
  at timestamp with time zone not null default now(),
  goal_id uuid not null,
  organization_id uuid not null,
  owner_id uuid not null,
  title text not null,
  version integer not null,
  why text,
  constraint personal_goal_version_organization_id_goal_id_owner_id_fkey FOREIGN KEY (organization_id, goal_id, owner_id) REFERENCES personal_goal(organization_id, id, owner_id) ON DELETE CASCADE,
  constraint personal_goal_version_pkey PRIMARY KEY (goal_id, version),
  constraint personal_goal_version_title_nfc CHECK ((title IS NFC NORMALIZED)),
  constraint personal_goal_version_why_nfc CHECK ((why IS NFC NORMALIZED))
);
alter table personal_goal_version enable row level security;
create policy personal_goal_version_insert_own on personal_goal_version for insert to mutual_app
  with check (((owner_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM personal_goal g
  WHERE ((g.id = personal_goal_version.goal_id) AND (g.owner_id = ( SELECT app.viewer() AS viewer)))))));
create policy personal_goal_version_select_own on personal_goal_version for select to mutual_app
  using ((owner_id = ( SELECT app.signed_in_person() AS signed_in_person)));

create table private_notes (
  author_id uuid not null,
  conversation_id uuid not null,
  organization_id uuid not null,
  text text not null,
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint private_notes_organization_id_author_id_fkey FOREIGN KEY (organization_id, author_id) REFERENCES person(organization_id, id),
  constraint private_notes_organization_id_conversation_id_fkey FOREIGN KEY (organization_id, conversation_id) REFERENCES conversation(organization_id, id) ON DELETE CASCADE,
  constraint private_notes_pkey PRIMARY KEY (conversation_id, author_id),
  constraint private_notes_text_nfc CHECK ((text IS NFC NORMALIZED))
);
alter table private_notes enable row level security;
create policy private_notes_insert_author on private_notes for insert to mutual_app
  with check (((author_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM conversation c
  WHERE ((c.id = private_notes.conversation_id) AND (c.off_the_record_by_id IS NULL)))) AND (NOT (EXISTS ( SELECT 1
   FROM (conversation c
     JOIN notes_import n ON ((n.id = c.notes_import_id)))
  WHERE ((c.id = private_notes.conversation_id) AND (n.accepted_at > (now() - '7 days'::interval))))))));
create policy private_notes_select_author on private_notes for select to mutual_app
  using (((author_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM conversation c
  WHERE (c.id = private_notes.conversation_id)))));
create policy private_notes_update_author on private_notes for update to mutual_app
  using ((author_id = ( SELECT app.viewer() AS viewer)))
  with check (((text = ''::text) OR (EXISTS ( SELECT 1
   FROM conversation c
  WHERE ((c.id = private_notes.conversation_id) AND (c.off_the_record_by_id IS NULL))))));

create table procedure_area (
  admins_reminded_at timestamp with time zone,
  answerer_id uuid not null,
  deputy_id uuid,
  id uuid not null default uuidv7(),
  name text not null,
  organization_id uuid not null,
  constraint procedure_area_check CHECK ((deputy_id <> answerer_id)),
  constraint procedure_area_name_check CHECK ((name IS NFC NORMALIZED)),
  constraint procedure_area_name_check1 CHECK (((octet_length(name) >= 1) AND (octet_length(name) <= 2400))),
  constraint procedure_area_organization_id_answerer_id_fkey FOREIGN KEY (organization_id, answerer_id) REFERENCES person(organization_id, id),
  constraint procedure_area_organization_id_deputy_id_fkey FOREIGN KEY (organization_id, deputy_id) REFERENCES person(organization_id, id),
  constraint procedure_area_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint procedure_area_organization_id_id_key UNIQUE (organization_id, id),
  constraint procedure_area_pkey PRIMARY KEY (id)
);
CREATE INDEX procedure_area_answerer_idx ON public.procedure_area USING btree (answerer_id);
CREATE INDEX procedure_area_deputy_idx ON public.procedure_area USING btree (deputy_id);
CREATE UNIQUE INDEX procedure_area_name_key ON public.procedure_area USING btree (organization_id, folded_name(name));
CREATE TRIGGER procedure_area_people AFTER INSERT OR UPDATE OF answerer_id, deputy_id ON public.procedure_area FOR EACH ROW WHEN (row_security_active(('procedure_area'::regclass)::oid)) EXECUTE FUNCTION app.procedure_area_people();
alter table procedure_area enable row level security;
create policy procedure_area_delete_admin_unused on procedure_area for delete to mutual_app
  using (((organization_id = ( SELECT app.organization_as('ORGANIZATION_ADMIN'::text) AS organization_as)) AND (NOT (EXISTS ( SELECT 1
   FROM barrier b
  WHERE (b.procedure_area_id = procedure_area.id))))));
create policy procedure_area_insert_admin on procedure_area for insert to mutual_app
  with check ((organization_id = ( SELECT app.organization_as('ORGANIZATION_ADMIN'::text) AS organization_as)));
create policy procedure_area_select_organization on procedure_area for select to mutual_app
  using ((organization_id = ( SELECT app.organization() AS organization)));
create policy procedure_area_update_admin on procedure_area for update to mutual_app
  using ((organization_id = ( SELECT app.organization_as('ORGANIZATION_ADMIN'::text) AS organization_as)));

create table pulse (
  closes_at timestamp with time zone not null,
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  period_id uuid not null,
  quarter_id uuid not null,
  constraint pulse_organization_id_id_key UNIQUE (organization_id, id),
  constraint pulse_organization_id_period_id_fkey FOREIGN KEY (organization_id, period_id) REFERENCES engagement_period(organization_id, id),
  constraint pulse_organization_id_quarter_id_fkey FOREIGN KEY (organization_id, quarter_id) REFERENCES engagement_period(organization_id, id),
  constraint pulse_period_id_key UNIQUE (period_id),
  constraint pulse_pkey PRIMARY KEY (id)
);
CREATE INDEX pulse_open_idx ON public.pulse USING btree (organization_id, closes_at);
CREATE INDEX pulse_quarter_idx ON public.pulse USING btree (quarter_id);
alter table pulse enable row level security;
create policy pulse_select_organization on pulse for select to mutual_app
  using ((organization_id = ( SELECT app.organization() AS organization)));

create table pulse_answer (
  department_id uuid,
  location_id uuid,
  manager_id uuid,
  organization_id uuid not null,
  pseudonym uuid not null,
  pulse_id uuid not null,
  scores smallint[] not null,
  constraint pulse_answer_pkey PRIMARY KEY (pulse_id, pseudonym)
);
alter table pulse_answer enable row level security;
create policy pulse_answer_nobody on pulse_answer for all to mutual_app
  using (false);

create table pulse_answer_waiting (
  department_id uuid,
  location_id uuid,
  manager_id uuid,
  organization_id uuid not null,
  pseudonym uuid not null,
  pulse_id uuid not null,
  scores smallint[] not null,
  constraint pulse_answer_waiting_pkey PRIMARY KEY (pulse_id, pseudonym)
);
alter table pulse_answer_waiting enable row level security;
create policy pulse_answer_waiting_nobody on pulse_answer_waiting for all to mutual_app
  using (false);

create table pulse_participation (
  department_id uuid,
  location_id uuid,
  manager_id uuid,
  organization_id uuid not null,
  period_id uuid not null,
  respondent uuid not null,
  constraint pulse_participation_pkey PRIMARY KEY (period_id, respondent)
);
CREATE INDEX pulse_participation_respondent_idx ON public.pulse_participation USING btree (respondent);
alter table pulse_participation enable row level security;
create policy pulse_participation_nobody on pulse_participation for all to mutual_app
  using (false);

create table pulse_pseudonym (
  organization_id uuid not null,
  person_id uuid,
  pseudonym uuid not null default gen_random_uuid(),
  quarter_id uuid not null,
  respondent uuid not null,
  constraint pulse_pseudonym_pkey PRIMARY KEY (pseudonym),
  constraint pulse_pseudonym_quarter_id_person_id_key UNIQUE (quarter_id, person_id)
);
CREATE INDEX pulse_pseudonym_person_idx ON public.pulse_pseudonym USING btree (person_id);
alter table pulse_pseudonym enable row level security;
create policy pulse_pseudonym_nobody on pulse_pseudonym for all to mutual_app
  using (false);

create table pulse_question (
  "position" smallint not null,
  driver text not null,
  organization_id uuid not null,
  pulse_id uuid not null,
  question_id text not null,
  scale text not null,
  constraint pulse_question_driver_check CHECK ((driver = ANY (ARRAY['MUTUAL_TRUST'::text, 'AUTONOMY'::text, 'PURPOSE'::text, 'GROWTH'::text, 'RECOGNITION'::text, 'WELLBEING'::text, 'VOICE'::text, 'RECOMMEND'::text]))),
  constraint pulse_question_organization_id_pulse_id_fkey FOREIGN KEY (organization_id, pulse_id) REFERENCES pulse(organization_id, id),
  constraint pulse_question_pkey PRIMARY KEY (pulse_id, "position"),
  constraint pulse_question_position_check CHECK (("position" > 0)),
  constraint pulse_question_pulse_id_question_id_key UNIQUE (pulse_id, question_id),
  constraint pulse_question_scale_check CHECK ((scale = ANY (ARRAY['ONE_TO_FIVE'::text, 'ZERO_TO_TEN'::text])))
);
alter table pulse_question enable row level security;
create policy pulse_question_select_organization on pulse_question for select to mutual_app
  using ((organization_id = ( SELECT app.organization() AS organization)));

create table pulse_respondent (
  organization_id uuid not null,
  person_id uuid not null,
  respondent uuid not null default gen_random_uuid(),
  constraint pulse_respondent_person_id_key UNIQUE (person_id),
  constraint pulse_respondent_pkey PRIMARY KEY (respondent)
);
alter table pulse_respondent enable row level security;
create policy pulse_respondent_nobody on pulse_respondent for all to mutual_app
  using (false);

create table reporting_line (
  closed_at timestamp with time zone,
  closed_on date,
  created_at timestamp with time zone not null default now(),
  ends_at timestamp with time zone,
  ends_on date,
  id uuid not null default gen_random_uuid(),
  kind text not null default 'PRIMARY'::text,
  leaver_id uuid,
  manager_id uuid not null,
  organization_id uuid not null,
  report_id uuid not null,
  starts_at timestamp with time zone not null,
  starts_on date not null,
  constraint reporting_line_bounds CHECK ((((starts_on >= '1900-01-01'::date) AND (starts_on <= '2199-12-31'::date)) AND ((closed_on >= '1900-01-01'::date) AND (closed_on <= '2199-12-31'::date)))),
  constraint reporting_line_closed CHECK (((closed_on >= starts_on) AND (ends_on <= closed_on))),
  constraint reporting_line_days CHECK ((ends_on >= starts_on)),
  constraint reporting_line_instants CHECK ((((closed_on IS NULL) = (closed_at IS NULL)) AND ((ends_on IS NULL) = (ends_at IS NULL)))),
  constraint reporting_line_kind_check CHECK ((kind = ANY (ARRAY['PRIMARY'::text, 'DOTTED'::text]))),
  constraint reporting_line_leaver CHECK (((leaver_id IS NULL) OR (((leaver_id = report_id) OR (leaver_id = manager_id)) AND (ends_on IS NOT NULL)))),
  constraint reporting_line_not_to_oneself CHECK ((report_id <> manager_id)),
  constraint reporting_line_one_dotted_a_pair EXCLUDE USING gist (report_id WITH =, manager_id WITH =, daterange(starts_on, ends_on) WITH &&) WHERE ((kind = 'DOTTED'::text)),
  constraint reporting_line_one_primary EXCLUDE USING gist (report_id WITH =, daterange(starts_on, ends_on) WITH &&) WHERE ((kind = 'PRIMARY'::text)),
  constraint reporting_line_organization_id_id_key UNIQUE (organization_id, id),
  constraint reporting_line_organization_id_manager_id_fkey FOREIGN KEY (organization_id, manager_id) REFERENCES person(organization_id, id),
  constraint reporting_line_organization_id_report_id_fkey FOREIGN KEY (organization_id, report_id) REFERENCES person(organization_id, id),
  constraint reporting_line_pkey PRIMARY KEY (id)
);
CREATE INDEX reporting_line_manager_idx ON public.reporting_line USING btree (manager_id, starts_on DESC);
CREATE INDEX reporting_line_report_idx ON public.reporting_line USING btree (report_id, starts_on DESC);
CREATE TRIGGER reporting_line_added AFTER INSERT ON public.reporting_line REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION app.reporting_line_changed();
CREATE TRIGGER reporting_line_before_write BEFORE INSERT OR UPDATE ON public.reporting_line FOR EACH ROW EXECUTE FUNCTION app.reporting_line_before_write();
CREATE TRIGGER reporting_line_followed AFTER INSERT ON public.reporting_line REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.reporting_line_followed();
CREATE TRIGGER reporting_line_reopened AFTER UPDATE ON public.reporting_line REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION app.reporting_line_reopened();
CREATE TRIGGER reporting_line_updated AFTER UPDATE ON public.reporting_line REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION app.reporting_line_changed();
CREATE TRIGGER reporting_line_without_cycle_added AFTER INSERT ON public.reporting_line REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.reporting_line_without_cycle_added();
CREATE TRIGGER reporting_line_without_cycle_updated AFTER UPDATE ON public.reporting_line REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION app.reporting_line_without_cycle_updated();
alter table reporting_line enable row level security;
create policy reporting_line_delete_people_admin_not_begun on reporting_line for delete to mutual_app
  using (((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)) AND (starts_at > now())));
create policy reporting_line_insert_people_admin on reporting_line for insert to mutual_app
  with check (((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)) AND (EXISTS ( SELECT 1
   FROM person p
  WHERE ((p.id = reporting_line.report_id) AND (p.organization_id = reporting_line.organization_id)))) AND (EXISTS ( SELECT 1
   FROM person p
  WHERE ((p.id = reporting_line.manager_id) AND (p.organization_id = reporting_line.organization_id))))));
create policy reporting_line_select_begun_or_own on reporting_line for select to mutual_app
  using (((organization_id = ( SELECT app.directory_organization() AS directory_organization)) AND ((starts_at <= now()) OR (report_id = ( SELECT app.viewer() AS viewer)) OR (manager_id = ( SELECT app.viewer() AS viewer)) OR (organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)))));
create policy reporting_line_update_people_admin on reporting_line for update to mutual_app
  using ((organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)));

create table reporting_line_end (
  by_leaving boolean not null,
  ends_at timestamp with time zone not null,
  ends_on date not null,
  leaver_id uuid,
  line_id uuid not null,
  manager_id uuid not null,
  organization_id uuid not null,
  report_id uuid not null,
  constraint reporting_line_end_leaver CHECK ((by_leaving = (leaver_id IS NOT NULL))),
  constraint reporting_line_end_organization_id_line_id_fkey FOREIGN KEY (organization_id, line_id) REFERENCES reporting_line(organization_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint reporting_line_end_pkey PRIMARY KEY (line_id, by_leaving)
);
CREATE INDEX reporting_line_end_day_idx ON public.reporting_line_end USING btree (organization_id, ends_on);
alter table reporting_line_end enable row level security;
create policy reporting_line_end_select_past_or_own on reporting_line_end for select to mutual_app
  using (((organization_id = ( SELECT app.directory_organization() AS directory_organization)) AND ((ends_at <= now()) OR (((report_id = ( SELECT app.viewer() AS viewer)) OR (manager_id = ( SELECT app.viewer() AS viewer))) AND ((leaver_id IS NULL) OR (leaver_id = ( SELECT app.viewer() AS viewer)))) OR (organization_id = ( SELECT app.organization_as('PEOPLE_ADMIN'::text) AS organization_as)))));

create table role_grant (
  granted_at timestamp with time zone not null default now(),
  granted_by uuid,
  organization_id uuid not null,
  person_id uuid not null,
  role text not null,
  constraint role_grant_not_to_oneself CHECK ((granted_by <> person_id)),
  constraint role_grant_organization_id_granted_by_fkey FOREIGN KEY (organization_id, granted_by) REFERENCES person(organization_id, id),
  constraint role_grant_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint role_grant_pkey PRIMARY KEY (person_id, role),
  constraint role_grant_role_check CHECK ((role = ANY (ARRAY['PEOPLE_ADMIN'::text, 'HR_ANALYST'::text, 'ORGANIZATION_ADMIN'::text, 'AUDITOR'::text])))
);
CREATE INDEX role_grant_organization_idx ON public.role_grant USING btree (organization_id, role);
CREATE TRIGGER role_grant_removed AFTER DELETE OR UPDATE ON public.role_grant FOR EACH ROW EXECUTE FUNCTION app.role_grant_removed();
alter table role_grant enable row level security;
create policy role_grant_delete_organization_admin on role_grant for delete to mutual_app
  using ((organization_id = ( SELECT app.organization_as('ORGANIZATION_ADMIN'::text) AS organization_as)));
create policy role_grant_insert_organization_admin on role_grant for insert to mutual_app
  with check (((organization_id = ( SELECT app.organization_as('ORGANIZATION_ADMIN'::text) AS organization_as)) AND (granted_by = ( SELECT app.viewer() AS viewer)) AND (person_id <> ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM person p
  WHERE ((p.id = role_grant.person_id) AND (p.organization_id = role_grant.organization_id)))) AND (NOT (EXISTS ( SELECT 1
   FROM employment_end e
  WHERE ((e.person_id = role_grant.person_id) AND (e.ended_at <= now())))))));
create policy role_grant_select_own_or_organization_admin on role_grant for select to mutual_app
  using (((person_id = ( SELECT app.viewer() AS viewer)) OR (organization_id = ( SELECT app.organization_as('ORGANIZATION_ADMIN'::text) AS organization_as))));

create table schema_migration (
  "timestamp" bigint not null,
  id integer not null default nextval('schema_migration_id_seq'::regclass),
  name character varying not null,
  constraint "PK_0edff5015b71cc0389ae0f4b9a1" PRIMARY KEY (id)
);
alter table schema_migration enable row level security;
create policy read on schema_migration for select to public
  using (true);

create table session (
  announced_end date,
  created_at timestamp with time zone not null default now(),
  created_by uuid,
  expires_at timestamp with time zone not null,
  id uuid not null default uuidv7(),
  label text not null,
  last_seen_at timestamp with time zone not null default now(),
  organization_id uuid not null,
  person_id uuid,
  revoked_at timestamp with time zone,
  scopes text[] not null default '{}'::text[],
  token_hash bytea not null,
  constraint session_label_length CHECK (((char_length(label) >= 0) AND (char_length(label) <= 2000))),
  constraint session_label_nfc CHECK ((label IS NFC NORMALIZED)),
  constraint session_organization_id_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES person(organization_id, id),
  constraint session_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint session_organization_id_key UNIQUE (organization_id, id),
  constraint session_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint session_person_id_fkey FOREIGN KEY (person_id) REFERENCES account(person_id),
  constraint session_person_or_scopes CHECK (((person_id IS NULL) = (scopes <> '{}'::text[]))),
  constraint session_pkey PRIMARY KEY (id),
  constraint session_scopes_check CHECK ((scopes <@ ARRAY['TRENDS_READ'::text, 'DIRECTORY_READ'::text, 'DIRECTORY_WRITE'::text, 'SCHEMA_READ'::text])),
  constraint session_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX session_person_idx ON public.session USING btree (person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX session_token_idx ON public.session USING btree (organization_id) WHERE (person_id IS NULL);
CREATE TRIGGER token_made BEFORE INSERT ON public.session FOR EACH ROW EXECUTE FUNCTION app.token_made();
alter table session enable row level security;
create policy session_insert_grantable_token on session for insert to mutual_app
  with check (((person_id IS NULL) AND (organization_id = ( SELECT app.organization() AS organization)) AND (created_by = ( SELECT app.viewer() AS viewer)) AND (scopes <@ ( SELECT app.token_scopes() AS token_scopes)) AND (expires_at <= (now() + '366 days'::interval))));
create policy session_revoke_own_or_grantable_token on session for update to mutual_app
  using (((person_id = ( SELECT app.signed_in_person() AS signed_in_person)) OR ((person_id IS NULL) AND (organization_id = ( SELECT app.organization() AS organization)) AND (scopes <@ ( SELECT app.token_scopes() AS token_scopes)))))
  with check ((revoked_at IS NOT NULL));
create policy session_select_own_or_grantable_token on session for select to mutual_app
  using (((person_id = ( SELECT app.signed_in_person() AS signed_in_person)) OR ((person_id IS NULL) AND (organization_id = ( SELECT app.organization() AS organization)) AND (scopes <@ ( SELECT app.token_scopes() AS token_scopes)))));

create table shared_notes (
  conversation_id uuid not null,
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  text text not null default ''::text,
  updated_at timestamp with time zone,
  updated_by_id uuid,
  version integer not null default 0,
  constraint shared_notes_conversation_id_key UNIQUE (conversation_id),
  constraint shared_notes_organization_id_conversation_id_fkey FOREIGN KEY (organization_id, conversation_id) REFERENCES conversation(organization_id, id) ON DELETE CASCADE,
  constraint shared_notes_organization_id_id_key UNIQUE (organization_id, id),
  constraint shared_notes_organization_id_updated_by_id_fkey FOREIGN KEY (organization_id, updated_by_id) REFERENCES person(organization_id, id),
  constraint shared_notes_pkey PRIMARY KEY (id),
  constraint shared_notes_text_check CHECK ((char_length(text) <= 20000)),
  constraint shared_notes_text_nfc CHECK ((text IS NFC NORMALIZED))
);
CREATE TRIGGER record_shared_notes_changed AFTER UPDATE ON public.shared_notes FOR EACH ROW WHEN (((old.text <> new.text) OR (old.version <> new.version))) EXECUTE FUNCTION app.record_shared_notes_change();
alter table shared_notes enable row level security;
create policy shared_notes_select_participants on shared_notes for select to mutual_app
  using ((EXISTS ( SELECT 1
   FROM conversation c
  WHERE (c.id = shared_notes.conversation_id))));
create policy shared_notes_update_participants on shared_notes for update to mutual_app
  using ((EXISTS ( SELECT 1
   FROM conversation c
  WHERE ((c.id = shared_notes.conversation_id) AND (c.one_to_one_id = ANY (( SELECT app.open_one_to_one_ids() AS open_one_to_one_ids)::uuid[])) AND (c.off_the_record_by_id IS NULL)))))
  with check ((updated_by_id = ( SELECT app.viewer() AS viewer)));

create table shared_notes_version (
  at timestamp with time zone not null default now(),
  author_id uuid not null,
  notes_id uuid not null,
  organization_id uuid not null,
  started_at timestamp with time zone not null default now(),
  text text not null,
  version integer not null,
  constraint shared_notes_version_organization_id_author_id_fkey FOREIGN KEY (organization_id, author_id) REFERENCES person(organization_id, id),
  constraint shared_notes_version_organization_id_notes_id_fkey FOREIGN KEY (organization_id, notes_id) REFERENCES shared_notes(organization_id, id) ON DELETE CASCADE,
  constraint shared_notes_version_pkey PRIMARY KEY (notes_id, version),
  constraint shared_notes_version_text_nfc CHECK ((text IS NFC NORMALIZED))
);
alter table shared_notes_version enable row level security;
create policy shared_notes_version_insert_participants on shared_notes_version for insert to mutual_app
  with check (((author_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM (shared_notes n
     JOIN conversation c ON ((c.id = n.conversation_id)))
  WHERE ((n.id = shared_notes_version.notes_id) AND (c.one_to_one_id = ANY (( SELECT app.open_one_to_one_ids() AS open_one_to_one_ids)::uuid[])) AND (c.off_the_record_by_id IS NULL))))));
create policy shared_notes_version_select_participants on shared_notes_version for select to mutual_app
  using ((EXISTS ( SELECT 1
   FROM shared_notes n
  WHERE (n.id = shared_notes_version.notes_id))));
create policy shared_notes_version_update_author on shared_notes_version for update to mutual_app
  using (((author_id = ( SELECT app.viewer() AS viewer)) AND (started_at > (now() - '00:10:00'::interval)) AND (EXISTS ( SELECT 1
   FROM (shared_notes n
     JOIN conversation c ON ((c.id = n.conversation_id)))
  WHERE ((n.id = shared_notes_version.notes_id) AND (c.one_to_one_id = ANY (( SELECT app.open_one_to_one_ids() AS open_one_to_one_ids)::uuid[])) AND (c.off_the_record_by_id IS NULL))))));

create table story (
  barrier_id uuid not null,
  created_on date not null,
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  text text not null,
  constraint story_organization_id_barrier_id_fkey FOREIGN KEY (organization_id, barrier_id) REFERENCES barrier(organization_id, id) ON DELETE CASCADE,
  constraint story_organization_id_id_key UNIQUE (organization_id, id),
  constraint story_pkey PRIMARY KEY (id),
  constraint story_text_check CHECK ((text IS NFC NORMALIZED)),
  constraint story_text_check1 CHECK (((char_length(text) >= 1) AND (char_length(text) <= 20000)))
);
CREATE INDEX story_barrier_idx ON public.story USING btree (barrier_id, created_on, id);
CREATE INDEX story_list_idx ON public.story USING btree (organization_id, created_on, id);
CREATE TRIGGER story_after_insert AFTER INSERT ON public.story FOR EACH ROW WHEN (row_security_active(('story'::regclass)::oid)) EXECUTE FUNCTION app.story_after_insert();
CREATE TRIGGER story_before_insert BEFORE INSERT ON public.story FOR EACH ROW EXECUTE FUNCTION app.story_before_insert();
alter table story enable row level security;
create policy story_delete_author on story for delete to mutual_app
  using ((EXISTS ( SELECT 1
   FROM story_author a
  WHERE ((a.story_id = story.id) AND (a.person_id = ( SELECT app.viewer() AS viewer))))));
create policy story_insert_removed_or_kept on story for insert to mutual_app
  with check (((organization_id = ( SELECT app.organization() AS organization)) AND (EXISTS ( SELECT 1
   FROM barrier b
  WHERE ((b.id = story.barrier_id) AND ((b.status = 'REMOVED'::text) OR b.trial_kept))))));
create policy story_select_organization on story for select to mutual_app
  using ((organization_id = ( SELECT app.organization() AS organization)));

create table story_adoption (
  organization_id uuid not null,
  person_id uuid not null,
  story_id uuid not null,
  constraint story_adoption_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint story_adoption_organization_id_story_id_fkey FOREIGN KEY (organization_id, story_id) REFERENCES story(organization_id, id) ON DELETE CASCADE,
  constraint story_adoption_pkey PRIMARY KEY (story_id, person_id)
);
CREATE INDEX story_adoption_person_idx ON public.story_adoption USING btree (person_id);
alter table story_adoption enable row level security;
create policy story_adoption_delete_own on story_adoption for delete to mutual_app
  using ((person_id = ( SELECT app.viewer() AS viewer)));
create policy story_adoption_insert_own on story_adoption for insert to mutual_app
  with check (((person_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM story s
  WHERE (s.id = story_adoption.story_id))) AND (NOT (EXISTS ( SELECT 1
   FROM story_author a
  WHERE ((a.story_id = story_adoption.story_id) AND (a.person_id = ( SELECT app.viewer() AS viewer))))))));
create policy story_adoption_select_own on story_adoption for select to mutual_app
  using ((person_id = ( SELECT app.viewer() AS viewer)));

create table story_author (
  named boolean not null default false,
  organization_id uuid not null,
  person_id uuid not null,
  story_id uuid not null,
  constraint story_author_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint story_author_organization_id_story_id_fkey FOREIGN KEY (organization_id, story_id) REFERENCES story(organization_id, id) ON DELETE CASCADE,
  constraint story_author_pkey PRIMARY KEY (story_id)
);
CREATE INDEX story_author_person_idx ON public.story_author USING btree (person_id);
alter table story_author enable row level security;
create policy story_author_select_own_or_named on story_author for select to mutual_app
  using (((person_id = ( SELECT app.viewer() AS viewer)) OR (named AND (organization_id = ( SELECT app.organization() AS organization)))));
create policy story_author_update_own on story_author for update to mutual_app
  using ((person_id = ( SELECT app.viewer() AS viewer)));

create table talking_point (
  "position" integer not null,
  author_id uuid not null,
  conversation_id uuid,
  created_at timestamp with time zone not null default now(),
  discussed boolean not null default false,
  draft boolean not null default true,
  from_customer boolean not null default false,
  id uuid not null default gen_random_uuid(),
  one_to_one_id uuid not null,
  organization_id uuid not null,
  question_id text,
  raised_in_id uuid,
  standing boolean not null default false,
  text text not null,
  times_carried integer not null default 0,
  version integer not null default 1,
  constraint talking_point_organization_id_author_id_fkey FOREIGN KEY (organization_id, author_id) REFERENCES person(organization_id, id),
  constraint talking_point_organization_id_id_author_id_key UNIQUE (organization_id, id, author_id),
  constraint talking_point_organization_id_id_key UNIQUE (organization_id, id),
  constraint talking_point_organization_id_one_to_one_id_conversation_i_fkey FOREIGN KEY (organization_id, one_to_one_id, conversation_id) REFERENCES conversation(organization_id, one_to_one_id, id) ON DELETE SET NULL (conversation_id),
  constraint talking_point_organization_id_one_to_one_id_fkey FOREIGN KEY (organization_id, one_to_one_id) REFERENCES one_to_one(organization_id, id) ON DELETE CASCADE,
  constraint talking_point_pkey PRIMARY KEY (id),
  constraint talking_point_question_id_check CHECK (((char_length(question_id) >= 1) AND (char_length(question_id) <= 60))) NOT VALID,
  constraint talking_point_raised_in_fkey FOREIGN KEY (organization_id, raised_in_id) REFERENCES conversation(organization_id, id) ON DELETE SET NULL (raised_in_id) NOT VALID,
  constraint talking_point_text_check CHECK ((char_length(text) <= 20000)),
  constraint talking_point_text_nfc CHECK ((text IS NFC NORMALIZED)),
  constraint talking_point_times_carried_check CHECK ((times_carried >= 0))
);
CREATE INDEX talking_point_conversation_idx ON public.talking_point USING btree (conversation_id, "position", id);
CREATE INDEX talking_point_one_to_one_idx ON public.talking_point USING btree (one_to_one_id);
CREATE INDEX talking_point_waiting_idx ON public.talking_point USING btree (one_to_one_id, "position", id) WHERE (conversation_id IS NULL);
CREATE TRIGGER record_talking_point_added AFTER INSERT ON public.talking_point FOR EACH ROW WHEN ((NOT new.draft)) EXECUTE FUNCTION app.record_talking_point_change();
CREATE TRIGGER record_talking_point_changed AFTER UPDATE ON public.talking_point FOR EACH ROW WHEN (((NOT new.draft) AND (old.draft OR (old.one_to_one_id <> new.one_to_one_id) OR (old.conversation_id IS DISTINCT FROM new.conversation_id) OR (old.text <> new.text) OR (old.discussed <> new.discussed) OR (old.standing <> new.standing) OR (old.raised_in_id IS DISTINCT FROM new.raised_in_id) OR (old.times_carried <> new.times_carried) OR (old.from_customer <> new.from_customer) OR (old.version <> new.version)))) EXECUTE FUNCTION app.record_talking_point_change();
CREATE TRIGGER record_talking_point_deleted AFTER DELETE ON public.talking_point FOR EACH ROW WHEN ((NOT old.draft)) EXECUTE FUNCTION app.record_talking_point_change();
CREATE TRIGGER talking_point_before_insert BEFORE INSERT ON public.talking_point FOR EACH ROW WHEN (row_security_active(('talking_point'::regclass)::oid)) EXECUTE FUNCTION app.talking_point_before_insert();
CREATE TRIGGER talking_point_guard BEFORE UPDATE ON public.talking_point FOR EACH ROW WHEN (row_security_active(('talking_point'::regclass)::oid)) EXECUTE FUNCTION app.talking_point_guard();
alter table talking_point enable row level security;
create policy talking_point_delete_author on talking_point for delete to mutual_app
  using (((one_to_one_id = ANY (( SELECT app.open_one_to_one_ids() AS open_one_to_one_ids)::uuid[])) AND (author_id = ( SELECT app.viewer() AS viewer))));
create policy talking_point_insert_author on talking_point for insert to mutual_app
  with check (((author_id = ( SELECT app.viewer() AS viewer)) AND (one_to_one_id = ANY (( SELECT app.open_one_to_one_ids() AS open_one_to_one_ids)::uuid[])) AND ((raised_in_id IS NULL) OR (EXISTS ( SELECT 1
   FROM conversation c
  WHERE ((c.id = talking_point.raised_in_id) AND (c.one_to_one_id = talking_point.one_to_one_id))))) AND (NOT (EXISTS ( SELECT 1
   FROM conversation c
  WHERE ((c.id = ANY (ARRAY[talking_point.conversation_id, talking_point.raised_in_id])) AND (c.off_the_record_by_id IS NOT NULL)))))));
create policy talking_point_select_shared_or_own on talking_point for select to mutual_app
  using (((one_to_one_id = ANY (( SELECT app.one_to_one_ids() AS one_to_one_ids)::uuid[])) AND ((NOT draft) OR (author_id = ( SELECT app.viewer() AS viewer)))));
create policy talking_point_update_shared_or_own on talking_point for update to mutual_app
  using (((one_to_one_id = ANY (( SELECT app.one_to_one_ids() AS one_to_one_ids)::uuid[])) AND ((NOT draft) OR (author_id = ( SELECT app.viewer() AS viewer)))));

create table talking_point_carry (
  "position" integer not null,
  carried_at timestamp with time zone not null default now(),
  discussed boolean not null default false,
  from_id uuid not null,
  organization_id uuid not null,
  point_id uuid not null,
  postponed boolean not null default false,
  to_id uuid,
  constraint talking_point_carry_organization_id_from_id_fkey FOREIGN KEY (organization_id, from_id) REFERENCES conversation(organization_id, id) ON DELETE CASCADE,
  constraint talking_point_carry_organization_id_point_id_fkey FOREIGN KEY (organization_id, point_id) REFERENCES talking_point(organization_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint talking_point_carry_organization_id_to_id_fkey FOREIGN KEY (organization_id, to_id) REFERENCES conversation(organization_id, id) ON DELETE SET NULL (to_id),
  constraint talking_point_carry_pkey PRIMARY KEY (point_id, from_id)
);
CREATE INDEX talking_point_carry_from_idx ON public.talking_point_carry USING btree (from_id);
CREATE INDEX talking_point_carry_to_idx ON public.talking_point_carry USING btree (to_id) WHERE (to_id IS NOT NULL);
alter table talking_point_carry enable row level security;
create policy talking_point_carry_select_visible_point on talking_point_carry for select to mutual_app
  using ((EXISTS ( SELECT 1
   FROM talking_point t
  WHERE (t.id = talking_point_carry.point_id))));

create table talking_point_subject (
  author_id uuid not null,
  business_goal_id uuid,
  organization_id uuid not null,
  personal_goal_id uuid,
  point_id uuid not null,
  constraint talking_point_subject_one_goal CHECK ((num_nonnulls(personal_goal_id, business_goal_id) = 1)),
  constraint talking_point_subject_organization_id_business_goal_id_fkey FOREIGN KEY (organization_id, business_goal_id) REFERENCES business_goal(organization_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint talking_point_subject_organization_id_personal_goal_id_fkey FOREIGN KEY (organization_id, personal_goal_id) REFERENCES personal_goal(organization_id, id) ON DELETE CASCADE,
  constraint talking_point_subject_organization_id_point_id_author_id_fkey FOREIGN KEY (organization_id, point_id, author_id) REFERENCES talking_point(organization_id, id, author_id) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint talking_point_subject_pkey PRIMARY KEY (point_id)
);
CREATE INDEX talking_point_subject_business_idx ON public.talking_point_subject USING btree (business_goal_id);
CREATE INDEX talking_point_subject_personal_idx ON public.talking_point_subject USING btree (personal_goal_id);
alter table talking_point_subject enable row level security;
create policy talking_point_subject_delete_author on talking_point_subject for delete to mutual_app
  using ((author_id = ( SELECT app.viewer() AS viewer)));
create policy talking_point_subject_insert_author on talking_point_subject for insert to mutual_app
  with check (((author_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM talking_point t
  WHERE ((t.id = talking_point_subject.point_id) AND (t.author_id = ( SELECT app.viewer() AS viewer)) AND (t.one_to_one_id = ANY (( SELECT app.open_one_to_one_ids() AS open_one_to_one_ids)::uuid[]))))) AND ((EXISTS ( SELECT 1
   FROM personal_goal g
  WHERE (g.id = talking_point_subject.personal_goal_id))) OR (EXISTS ( SELECT 1
   FROM business_goal b
  WHERE (b.id = talking_point_subject.business_goal_id))))));
create policy talking_point_subject_select_visible_goal on talking_point_subject for select to mutual_app
  using (((EXISTS ( SELECT 1
   FROM talking_point t
  WHERE (t.id = talking_point_subject.point_id))) AND ((EXISTS ( SELECT 1
   FROM personal_goal g
  WHERE (g.id = talking_point_subject.personal_goal_id))) OR (EXISTS ( SELECT 1
   FROM business_goal b
  WHERE (b.id = talking_point_subject.business_goal_id))))));

create table talking_point_version (
  at timestamp with time zone not null default now(),
  author_id uuid not null,
  organization_id uuid not null,
  point_id uuid not null,
  started_at timestamp with time zone not null default now(),
  text text not null,
  version integer not null,
  constraint talking_point_version_organization_id_point_id_author_id_fkey FOREIGN KEY (organization_id, point_id, author_id) REFERENCES talking_point(organization_id, id, author_id) ON UPDATE CASCADE ON DELETE CASCADE,
  constraint talking_point_version_pkey PRIMARY KEY (point_id, version),
  constraint talking_point_version_text_nfc CHECK ((text IS NFC NORMALIZED))
);
alter table talking_point_version enable row level security;
create policy talking_point_version_insert_author on talking_point_version for insert to mutual_app
  with check (((author_id = ( SELECT app.viewer() AS viewer)) AND app.is_own_open_point(point_id)));
create policy talking_point_version_select_author on talking_point_version for select to mutual_app
  using (((author_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM talking_point t
  WHERE (t.id = talking_point_version.point_id)))));
create policy talking_point_version_update_author on talking_point_version for update to mutual_app
  using (((author_id = ( SELECT app.viewer() AS viewer)) AND (started_at > (now() - '00:10:00'::interval)) AND (EXISTS ( SELECT 1
   FROM talking_point t
  WHERE ((t.id = talking_point_version.point_id) AND (t.one_to_one_id = ANY (( SELECT app.open_one_to_one_ids() AS open_one_to_one_ids)::uuid[])))))));

create unlogged table throttle (
  at timestamp with time zone not null,
  level double precision not null,
  not_before timestamp with time zone not null default '-infinity'::timestamp with time zone,
  subject bytea not null,
  constraint throttle_pkey PRIMARY KEY (subject)
);
CREATE INDEX throttle_at_idx ON public.throttle USING btree (at);
alter table throttle enable row level security;
create policy throttle_no_access on throttle for all to mutual_app
  using (false);

create table trend_cell (
  bound text,
  definition_version integer not null,
  driver text,
  group_key text not null,
  metric text not null,
  organization_id uuid not null,
  people_band text,
  release_id uuid not null,
  rounded_to double precision not null,
  status text not null,
  tree text not null,
  value double precision,
  constraint trend_cell_bound_check CHECK ((bound = ANY (ARRAY['ROUNDED'::text, 'AT_LEAST'::text, 'AT_MOST'::text, 'APPROXIMATE'::text]))),
  constraint trend_cell_definition_version_check CHECK ((definition_version > 0)),
  constraint trend_cell_driver CHECK ((((driver IS NOT NULL) = (metric = 'PULSE_SCORE'::text)) AND (driver = ANY (ARRAY['MUTUAL_TRUST'::text, 'AUTONOMY'::text, 'PURPOSE'::text, 'GROWTH'::text, 'RECOGNITION'::text, 'WELLBEING'::text, 'VOICE'::text])))),
  constraint trend_cell_metric CHECK ((metric = ANY (ARRAY['ENGAGEMENT_INDEX'::text, 'PULSE_SCORE'::text, 'ENPS'::text, 'PULSE_PARTICIPATION'::text, 'MET_RATE'::text, 'CONVERSATION_WORTH'::text, 'AGENDA_FROM_REPORTS'::text, 'PROMISES_KEPT_BY_MANAGERS'::text, 'BARRIERS_ANSWERED_IN_TIME'::text, 'BARRIERS_REMOVED'::text]))),
  constraint trend_cell_organization_id_release_id_fkey FOREIGN KEY (organization_id, release_id) REFERENCES trend_release(organization_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint trend_cell_people_band_check CHECK ((people_band = ANY (ARRAY['FROM_5_TO_9'::text, 'FROM_10_TO_19'::text, 'FROM_20_TO_49'::text, 'FROM_50'::text]))),
  constraint trend_cell_released CHECK (
CASE
    WHEN (status = 'RELEASED'::text) THEN (num_nonnulls(value, bound, people_band) = 3)
    ELSE (num_nonnulls(value, bound, people_band) = 0)
END),
  constraint trend_cell_rounded_to_check CHECK (((rounded_to > (0)::double precision) AND finite_number(rounded_to))),
  constraint trend_cell_status_check CHECK ((status = ANY (ARRAY['RELEASED'::text, 'SUPPRESSED'::text]))),
  constraint trend_cell_value_check CHECK (finite_number(value))
);
CREATE UNIQUE INDEX trend_cell_key ON public.trend_cell USING btree (release_id, tree, metric, driver, group_key) NULLS NOT DISTINCT;
CREATE TRIGGER trend_cell_frozen BEFORE DELETE OR UPDATE ON public.trend_cell FOR EACH ROW EXECUTE FUNCTION app.trend_row_is_frozen();
alter table trend_cell enable row level security;
create policy trend_cell_select_readable on trend_cell for select to mutual_app
  using ((release_id = ANY (( SELECT app.readable_trend_release_ids() AS readable_trend_release_ids)::uuid[])));

create table trend_erratum (
  at timestamp with time zone not null default now(),
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  release_id uuid not null,
  text text not null,
  constraint trend_erratum_organization_id_release_id_fkey FOREIGN KEY (organization_id, release_id) REFERENCES trend_release(organization_id, id),
  constraint trend_erratum_pkey PRIMARY KEY (id),
  constraint trend_erratum_text_check CHECK ((text IS NFC NORMALIZED)),
  constraint trend_erratum_text_check1 CHECK (((char_length(text) >= 1) AND (char_length(text) <= 20000)))
);
CREATE INDEX trend_erratum_release_idx ON public.trend_erratum USING btree (release_id, at);
CREATE TRIGGER trend_erratum_frozen BEFORE DELETE OR UPDATE ON public.trend_erratum FOR EACH ROW EXECUTE FUNCTION app.trend_row_is_frozen();
alter table trend_erratum enable row level security;
create policy trend_erratum_select_readable on trend_erratum for select to mutual_app
  using ((release_id = ANY (( SELECT app.readable_trend_release_ids() AS readable_trend_release_ids)::uuid[])));

create table trend_figure_people (
  organization_id uuid not null,
  people integer[] not null,
  population text not null,
  purpose text not null,
  release_id uuid not null,
  tree text not null,
  constraint trend_figure_people_organization_id_release_id_fkey FOREIGN KEY (organization_id, release_id) REFERENCES trend_release(organization_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint trend_figure_people_purpose_check CHECK ((purpose = ANY (ARRAY['LATER'::text, 'QUARTER'::text]))),
  constraint trend_figure_people_tree_check CHECK ((tree = ANY (ARRAY['DEPARTMENT'::text, 'MANAGER'::text, 'LOCATION'::text])))
);
CREATE INDEX trend_figure_people_idx ON public.trend_figure_people USING btree (release_id, population, purpose);
alter table trend_figure_people enable row level security;
create policy trend_figure_people_nobody on trend_figure_people for all to mutual_app
  using (false);

create table trend_group (
  head_id uuid,
  key text not null,
  label text,
  organization_id uuid not null,
  parent_key text,
  release_id uuid not null,
  tree text not null,
  valid_from date not null,
  constraint trend_group_key_check CHECK (((char_length(key) >= 1) AND (char_length(key) <= 100))),
  constraint trend_group_label CHECK (((label IS NULL) = (head_id IS NOT NULL))),
  constraint trend_group_label_check CHECK ((label IS NFC NORMALIZED)),
  constraint trend_group_label_check1 CHECK (((octet_length(label) >= 1) AND (octet_length(label) <= 2400))),
  constraint trend_group_organization_id_head_id_fkey FOREIGN KEY (organization_id, head_id) REFERENCES person(organization_id, id),
  constraint trend_group_organization_id_release_id_fkey FOREIGN KEY (organization_id, release_id) REFERENCES trend_release(organization_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint trend_group_pkey PRIMARY KEY (release_id, tree, key, organization_id),
  constraint trend_group_root CHECK (((parent_key IS NULL) = (key = 'organization'::text))),
  constraint trend_group_tree_check CHECK ((tree = ANY (ARRAY['DEPARTMENT'::text, 'MANAGER'::text, 'LOCATION'::text])))
);
CREATE INDEX trend_group_head_idx ON public.trend_group USING btree (head_id) WHERE (head_id IS NOT NULL);
CREATE INDEX trend_group_parent_idx ON public.trend_group USING btree (release_id, tree, parent_key);
CREATE INDEX trend_group_validity_idx ON public.trend_group USING btree (organization_id, tree, key, valid_from);
CREATE TRIGGER trend_group_frozen BEFORE DELETE OR UPDATE ON public.trend_group FOR EACH ROW EXECUTE FUNCTION app.trend_row_is_frozen();
alter table trend_group enable row level security;
create policy trend_group_select_readable on trend_group for select to mutual_app
  using ((release_id = ANY (( SELECT app.readable_trend_release_ids() AS readable_trend_release_ids)::uuid[])));

create table trend_participant (
  number integer not null generated always as identity,
  organization_id uuid not null,
  person_id uuid,
  respondent uuid,
  constraint trend_participant_one CHECK ((num_nonnulls(respondent, person_id) <= 1)),
  constraint trend_participant_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint trend_participant_organization_id_person_id_fkey FOREIGN KEY (organization_id, person_id) REFERENCES person(organization_id, id),
  constraint trend_participant_person_id_key UNIQUE (person_id),
  constraint trend_participant_pkey PRIMARY KEY (number),
  constraint trend_participant_respondent_key UNIQUE (respondent)
);
alter table trend_participant enable row level security;
create policy trend_participant_nobody on trend_participant for all to mutual_app
  using (false);

create table trend_release (
  ends_on date not null,
  granularity text not null,
  id uuid not null default gen_random_uuid(),
  minimum_group_size integer not null,
  organization_id uuid not null,
  period_key text not null,
  published_at timestamp with time zone not null,
  released_at timestamp with time zone not null default now(),
  row_hash text not null,
  starts_on date not null,
  constraint trend_release_granularity_check CHECK ((granularity = ANY (ARRAY['MONTH'::text, 'QUARTER'::text]))),
  constraint trend_release_minimum_group_size_check CHECK (((minimum_group_size >= 5) AND (minimum_group_size <= 1000))),
  constraint trend_release_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint trend_release_organization_id_id_key UNIQUE (organization_id, id),
  constraint trend_release_organization_id_period_key_key UNIQUE (organization_id, period_key),
  constraint trend_release_period CHECK (
CASE granularity
    WHEN 'MONTH'::text THEN ((period_key = to_char((starts_on)::timestamp with time zone, 'YYYY-MM'::text)) AND (ends_on = ((starts_on + '1 mon -1 days'::interval))::date))
    ELSE ((period_key = to_char((starts_on)::timestamp with time zone, 'YYYY-"Q"Q'::text)) AND (ends_on = ((starts_on + '3 mons -1 days'::interval))::date))
END),
  constraint trend_release_pkey PRIMARY KEY (id),
  constraint trend_release_published CHECK ((published_at >= released_at)),
  constraint trend_release_row_hash_check CHECK ((row_hash ~ '^[0-9a-f]{64}$'::text))
);
CREATE INDEX trend_release_list_idx ON public.trend_release USING btree (organization_id, ends_on, granularity);
CREATE TRIGGER trend_release_frozen BEFORE DELETE OR UPDATE ON public.trend_release FOR EACH ROW EXECUTE FUNCTION app.trend_row_is_frozen();
alter table trend_release enable row level security;
create policy trend_release_select_readable on trend_release for select to mutual_app
  using ((id = ANY (( SELECT app.readable_trend_release_ids() AS readable_trend_release_ids)::uuid[])));

create table trend_response (
  by_id uuid not null,
  due_on date not null,
  group_key text not null,
  id uuid not null default gen_random_uuid(),
  metric text,
  organization_id uuid not null,
  outcome text,
  release_id uuid not null,
  state text not null default 'OPEN'::text,
  text text not null,
  tree text not null,
  version integer not null default 1,
  constraint trend_response_due_on_check CHECK (((due_on >= '1900-01-01'::date) AND (due_on <= '2199-12-31'::date))),
  constraint trend_response_metric_check CHECK ((metric = ANY (ARRAY['ENGAGEMENT_INDEX'::text, 'PULSE_SCORE'::text, 'ENPS'::text, 'PULSE_PARTICIPATION'::text, 'MET_RATE'::text, 'CONVERSATION_WORTH'::text, 'AGENDA_FROM_REPORTS'::text, 'PROMISES_KEPT_BY_MANAGERS'::text, 'BARRIERS_ANSWERED_IN_TIME'::text, 'BARRIERS_REMOVED'::text]))),
  constraint trend_response_organization_id_by_id_fkey FOREIGN KEY (organization_id, by_id) REFERENCES person(organization_id, id),
  constraint trend_response_organization_id_id_key UNIQUE (organization_id, id),
  constraint trend_response_organization_id_release_id_fkey FOREIGN KEY (organization_id, release_id) REFERENCES trend_release(organization_id, id),
  constraint trend_response_outcome CHECK (((state <> 'NOT_DONE'::text) OR (outcome IS NOT NULL))),
  constraint trend_response_outcome_check CHECK ((outcome IS NFC NORMALIZED)),
  constraint trend_response_outcome_check1 CHECK (((char_length(outcome) >= 1) AND (char_length(outcome) <= 20000))),
  constraint trend_response_pkey PRIMARY KEY (id),
  constraint trend_response_release_id_tree_group_key_organization_id_fkey FOREIGN KEY (release_id, tree, group_key, organization_id) REFERENCES trend_group(release_id, tree, key, organization_id),
  constraint trend_response_state_check CHECK ((state = ANY (ARRAY['OPEN'::text, 'DONE'::text, 'NOT_DONE'::text]))),
  constraint trend_response_text_check CHECK ((text IS NFC NORMALIZED)),
  constraint trend_response_text_check1 CHECK (((char_length(text) >= 1) AND (char_length(text) <= 20000)))
);
CREATE INDEX trend_response_by_idx ON public.trend_response USING btree (by_id);
CREATE INDEX trend_response_release_idx ON public.trend_response USING btree (release_id, due_on, id);
CREATE TRIGGER trend_response_version BEFORE UPDATE ON public.trend_response FOR EACH ROW EXECUTE FUNCTION app.trend_response_version();
alter table trend_response enable row level security;
create policy trend_response_insert_hr_or_head on trend_response for insert to mutual_app
  with check (((by_id = ( SELECT app.viewer() AS viewer)) AND (EXISTS ( SELECT 1
   FROM trend_release r
  WHERE ((r.id = trend_response.release_id) AND (r.organization_id = trend_response.organization_id) AND (r.granularity = 'QUARTER'::text)))) AND (EXISTS ( SELECT 1
   FROM trend_group g
  WHERE ((g.release_id = trend_response.release_id) AND (g.tree = trend_response.tree) AND (g.key = trend_response.group_key) AND ((( SELECT app.organization_as('HR_ANALYST'::text) AS organization_as) IS NOT NULL) OR (g.head_id = ( SELECT app.viewer() AS viewer))))))));
create policy trend_response_select_readable on trend_response for select to mutual_app
  using ((release_id = ANY (( SELECT app.readable_trend_release_ids() AS readable_trend_release_ids)::uuid[])));
create policy trend_response_update_hr_or_head on trend_response for update to mutual_app
  using ((EXISTS ( SELECT 1
   FROM trend_group g
  WHERE ((g.release_id = trend_response.release_id) AND (g.tree = trend_response.tree) AND (g.key = trend_response.group_key) AND ((( SELECT app.organization_as('HR_ANALYST'::text) AS organization_as) IS NOT NULL) OR (g.head_id = ( SELECT app.viewer() AS viewer)))))));

-- Sequences

create sequence schema_migration_id_seq;

-- Views

create view graphile_worker.jobs with () as
 SELECT jobs.id,
    job_queues.queue_name,
    tasks.identifier AS task_identifier,
    jobs.priority,
    jobs.run_at,
    jobs.attempts,
    jobs.max_attempts,
    jobs.last_error,
    jobs.created_at,
    jobs.updated_at,
    jobs.key,
    jobs.locked_at,
    jobs.locked_by,
    jobs.revision,
    jobs.flags
   FROM ((graphile_worker._private_jobs jobs
     JOIN graphile_worker._private_tasks tasks ON ((tasks.id = jobs.task_id)))
     LEFT JOIN graphile_worker._private_job_queues job_queues ON ((job_queues.id = jobs.job_queue_id)));

-- Functions

CREATE OR REPLACE FUNCTION app.accept_invitation(link_hash bytea, password_hash text, token_hash bytea, label text)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
#variable_conflict use_column
declare
  taken invitation;
begin
  perform 1 from person p join invitation i on i.person_id = p.id where i.token_hash = link_hash for no key update of p;
  if not exists (select 1 from app.invitation_link(link_hash)) then
    return null;
  end if;
  update invitation i set accepted_at = now() where i.token_hash = link_hash returning i.* into taken;
  insert into account (person_id, organization_id, sign_in_address, password_hash)
  values (taken.person_id, taken.organization_id, taken.address, accept_invitation.password_hash);
  return app.open_session(taken.person_id, accept_invitation.token_hash, label);
end $function$;

CREATE OR REPLACE FUNCTION app.accept_notes_import(accepted uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  import notes_import;
  section notes_import_section;
  zone text;
  held timestamptz;
  made_id uuid;
  page_id uuid;
begin
  update notes_import n set accepted_at = now()
  where n.id = accepted and n.accepted_at is null and n.proposed_at > now() - interval '30 days' and n.proposed_by_id <> app.viewer()
    and n.one_to_one_id = any (app.open_one_to_one_ids())
  returning n.* into import;
  if not found then
    return false;
  end if;
  select app.usable_time_zone(o.time_zone) into zone from one_to_one o where o.id = import.one_to_one_id;
  for section in select s.* from notes_import_section s where s.import_id = import.id order by s.held_on loop
    held := least((section.held_on + time '12:00') at time zone zone, now());
    insert into conversation (organization_id, one_to_one_id, status, scheduled_at, held_at, closed_at, notes_import_id)
    values (import.organization_id, import.one_to_one_id, 'HELD', held, held, held, import.id)
    returning id into made_id;
    if section.text <> '' then
      update shared_notes n
      set text = section.text, version = 1, updated_at = now(), updated_by_id = import.proposed_by_id
      where n.conversation_id = made_id
      returning n.id into page_id;
      insert into shared_notes_version (notes_id, version, organization_id, author_id, text)
      values (page_id, 1, import.organization_id, import.proposed_by_id, section.text);
    end if;
  end loop;
  delete from notes_import_section s where s.import_id = import.id;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION app.access_ends_at()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select e.access_until from employment_end e
  where e.person_id = app.signed_in_person() and e.ended_at <= now()
$function$;

CREATE OR REPLACE FUNCTION app.account_closed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if old.disabled_at is null and (tg_op = 'DELETE' or new.disabled_at is not null)
    and exists (select 1 from role_grant r where r.person_id = old.person_id and r.role = 'ORGANIZATION_ADMIN')
    and not exists (select 1 from employment_end e where e.person_id = old.person_id and e.ended_at <= now())
  then
    perform app.require_administrator(old.organization_id);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.account_is_open(a account)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select case
    when exists (select 1 from employment_end e where e.person_id = a.person_id and e.ended_at <= now())
      then exists (select 1 from employment_end e where e.person_id = a.person_id and e.access_until > now())
    else a.disabled_at is null
  end
$function$;

CREATE OR REPLACE FUNCTION app.account_states(person_ids uuid[], OUT person_id uuid, OUT state text)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select p.id,
    case
      when a.disabled_at is not null then 'DISABLED'
      when a.person_id is not null then 'ACTIVE'
      when exists (
        select 1 from invitation i
        where i.person_id = p.id and i.accepted_at is null and i.expires_at > now()
          and folded_address(i.address) = folded_address(p.email)
      ) then 'INVITED'
      else 'NONE'
    end
  from person p left join account a on a.person_id = p.id
  where p.id = any (person_ids) and p.organization_id = (select app.organization_as('PEOPLE_ADMIN'))
$function$;

CREATE OR REPLACE FUNCTION app.action_item_derive()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'INSERT' or new.due_on is distinct from old.due_on then
    new.due_at := case when new.due_on is not null then (
      select app.end_of_day(new.due_on, app.usable_time_zone(z.time_zone, o.time_zone))
      from person p join organization o on o.id = p.organization_id
      left join person_time_zone z on z.person_id = p.id
      where p.id = new.owner_id
    ) end;
    new.late_at := new.due_at;
    if new.due_at > now() then
      new.late_at := greatest(new.due_at, (
        select o.pause_ends_at from one_to_one o where o.id = new.one_to_one_id and o.pause_ends_at > now()
      ));
    end if;
    new.due_set_by_owner := new.due_on is not null and coalesce(new.owner_id = app.viewer(), new.due_set_by_owner);
  end if;
  if tg_op = 'UPDATE' and new.state <> 'OPEN' and old.state = 'OPEN' then
    new.closed_at := coalesce(new.closed_at, now());
    new.kept := coalesce(new.kept, case
      when new.due_at is null then null
      when new.state = 'DROPPED'
        and app.is_refusable(new.owner_id, new.created_by_id, new.due_set_by_owner, new.late_at, new.created_at) then null
      when app.has_passed(new.late_at) then false
      when new.state = 'DONE' then true
    end);
  elsif tg_op = 'UPDATE' and new.state = 'OPEN' and old.state <> 'OPEN' then
    new.closed_at := null;
    new.kept := null;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.action_item_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'UPDATE' then
    if old.state <> 'OPEN' and (
      new.state <> 'OPEN' or new.text is distinct from old.text or new.due_on is distinct from old.due_on
      or old.closed_at <= now() - interval '10 minutes'
    ) then
      raise exception 'a closed action item can only be reopened, within 10 minutes' using errcode = 'MU025';
    end if;
    -- Once the one-to-one has ended, an item can be closed and reopened, and nothing else.
    if (new.text is distinct from old.text or new.due_on is distinct from old.due_on)
      and old.one_to_one_id <> all (app.open_one_to_one_ids()) then
      raise exception 'an action item of an ended one-to-one cannot be changed' using errcode = 'MU029';
    end if;
    if (new.due_on is distinct from old.due_on or new.state is distinct from old.state) and old.owner_id <> app.viewer() then
      raise exception 'only the owner of an action item changes its due date and state' using errcode = 'MU026';
    end if;
    if new.due_on is not distinct from old.due_on then
      return new;
    end if;
    if app.has_passed(old.late_at) then
      raise exception 'a due date that has passed cannot be changed' using errcode = 'MU070';
    end if;
    if old.due_on is not null then
      new.renegotiated := old.renegotiated + 1;
    end if;
  -- What the policy refuses gets the policy's error, whatever the due date.
  elsif not exists (
    select 1 from one_to_one o where o.id = new.one_to_one_id and new.owner_id in (o.first_id, o.second_id)
  ) then
    return new;
  end if;
  if app.has_passed(new.due_at) then
    raise exception 'a due date must not have passed' using errcode = 'MU071';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.active_share_ids()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array(select s.id from app.active_shares() s)
$function$;

CREATE OR REPLACE FUNCTION app.active_shares()
 RETURNS SETOF goal_share
 LANGUAGE sql
 STABLE ROWS 10
AS $function$
  select s.* from app.live_session() i
  join goal_share s on s.with_id = i.person_id
  join personal_goal g on g.id = s.goal_id
  where i.employed and s.ended_at is null and not s.waiting
    and g.visibility <> 'PRIVATE'
    and (s.expires_at is null or s.expires_at > clock_timestamp())
    and not exists (select 1 from reporting_line l where l.id = s.line_id and l.closed_at <= clock_timestamp())
    and not exists (select 1 from employment_end e where e.person_id = s.owner_id and e.ended_at <= clock_timestamp())
$function$;

CREATE OR REPLACE FUNCTION app.add_import_rows(import uuid, organization uuid, lines integer[], external_ids text[], emails text[], names text[], titles text[], departments text[], locations text[], manager_external_ids text[], hired date[], gone date[])
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  insert into import_row (import_id, organization_id, line, external_id, email, name, title, department, location,
                          manager_external_id, hired_on, left_on, id_key, manager_key, email_key)
  select import, organization, f.*, folded_id(f.external_id), folded_id(f.manager_external_id), folded_address(f.email)
  from unnest(lines, external_ids, emails, names, titles, departments, locations, manager_external_ids, hired, gone)
    f(line, external_id, email, name, title, department, location, manager_external_id, hired_on, left_on)
$function$;

CREATE OR REPLACE FUNCTION app.add_period(of_organization uuid, in_quarter uuid, first_day date)
 RETURNS engagement_period
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  o organization;
  zone text;
  quarter engagement_period;
  added engagement_period;
begin
  select x.* into o from organization x where x.id = of_organization;
  select x.* into quarter from engagement_period x where x.id = in_quarter;
  zone := app.usable_time_zone(o.time_zone);
  added.organization_id := o.id;
  added.quarter_id := in_quarter;
  added.granularity := case when in_quarter is null then 'QUARTER' else 'MONTH' end;
  added.key := to_char(first_day, case when in_quarter is null then 'YYYY-"Q"Q' else 'YYYY-MM' end);
  added.starts_on := first_day;
  added.ends_on := (first_day + case when in_quarter is null then interval '3 months' else interval '1 month' end)::date - 1;
  added.starts_at := case
    when added.starts_on = quarter.starts_on then quarter.starts_at
    else coalesce(
      (select p.ends_at from engagement_period p
       where p.organization_id = o.id and p.granularity = added.granularity and p.ends_on = first_day - 1),
      app.start_of_day(first_day, zone)
    )
  end;
  added.ends_at := case when added.ends_on = quarter.ends_on then quarter.ends_at else app.end_of_day(added.ends_on, zone) end;
  insert into engagement_period (
    organization_id, granularity, key, quarter_id, starts_on, ends_on, starts_at, ends_at, minimum_group_size
  )
  values (
    o.id, added.granularity, added.key, in_quarter, added.starts_on, added.ends_on, added.starts_at, added.ends_at, o.minimum_group_size
  )
  returning * into added;

  insert into period_member (period_id, person_id, organization_id, department_id, location_id, manager_id)
  select added.id, p.id, o.id, p.department_id, p.location_id, (
    select l.manager_id from reporting_line l
    where l.report_id = p.id and l.kind = 'PRIMARY' and l.starts_at <= now() and (l.ends_at is null or l.ends_at > now())
    order by l.starts_at desc limit 1
  )
  from person p
  where p.organization_id = o.id
    and (p.hired_on is null or app.start_of_day(p.hired_on, zone) <= now())
    and not exists (select from employment_end e where e.person_id = p.id and e.ended_at <= now());

  insert into period_group (period_id, tree, group_id, organization_id, name)
  select added.id, 'DEPARTMENT', d.id, o.id, d.name from department d
  where d.organization_id = o.id and exists (select from period_member m where m.period_id = added.id and m.department_id = d.id)
  union all
  select added.id, 'LOCATION', l.id, o.id, l.name from location l
  where l.organization_id = o.id and exists (select from period_member m where m.period_id = added.id and m.location_id = l.id);
  return added;
end $function$;

CREATE OR REPLACE FUNCTION app.add_trend_cells(release uuid, of_organization uuid, trees text[], keys text[], metrics text[], drivers text[], statuses text[], figures double precision[], bounds text[], steps double precision[], bands text[], versions integer[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if exists (select 1 from trend_release r where r.id = release) then
    raise exception 'figures that were released do not change' using errcode = 'MU180';
  end if;
  insert into trend_cell (
    release_id, organization_id, tree, group_key, metric, driver, status, value, bound, rounded_to, people_band, definition_version
  )
  select release, of_organization, c.*
  from unnest(trees, keys, metrics, drivers, statuses, figures, bounds, steps, bands, versions) c
  order by random();
end $function$;

CREATE OR REPLACE FUNCTION app.add_trend_figure_people(release uuid, of_organization uuid, of_population text, for_purpose text, trees text[], people text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if exists (select 1 from trend_release r where r.id = release) then
    raise exception 'figures that were released do not change' using errcode = 'MU180';
  end if;
  insert into trend_figure_people (release_id, organization_id, population, purpose, tree, people)
  select release, of_organization, of_population, for_purpose, f.tree, f.people::integer[]
  from unnest(trees, people) f (tree, people)
  order by random();
end $function$;

CREATE OR REPLACE FUNCTION app.add_trend_groups(release uuid, period uuid, trees text[], keys text[], labels text[], parent_keys text[], head_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if exists (select 1 from trend_release r where r.id = release) then
    raise exception 'figures that were released do not change' using errcode = 'MU180';
  end if;
  insert into trend_group (release_id, organization_id, tree, key, label, parent_key, head_id, valid_from)
  select release, e.organization_id, g.tree, g.key, g.label, g.parent_key, g.head_id, coalesce(before.valid_from, e.starts_on)
  from engagement_period e
  cross join unnest(trees, keys, labels, parent_keys, head_ids) g (tree, key, label, parent_key, head_id)
  left join trend_release last on last.organization_id = e.organization_id and last.granularity = e.granularity
    and last.ends_on = e.starts_on - 1
  left join trend_group before on before.release_id = last.id and before.tree = g.tree and before.key = g.key
    and (before.label, before.parent_key, before.head_id) is not distinct from (g.label, g.parent_key, g.head_id)
  where e.id = period
  order by random();
end $function$;

CREATE OR REPLACE FUNCTION app.address_has_passed_on(a account)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select exists (
    select 1 from person p
    where p.organization_id = a.organization_id and folded_address(p.email) = folded_address(a.sign_in_address)
      and p.id <> a.person_id
  )
$function$;

CREATE OR REPLACE FUNCTION app.admit_attempts(subjects text[], free double precision[], forgotten double precision[], first double precision[], longest double precision[])
 RETURNS double precision
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform app.assert_no_session();
  return app.count_attempts(subjects, free, forgotten, first, longest);
end $function$;

CREATE OR REPLACE FUNCTION app.admit_points(of_one_to_one uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if (of_one_to_one = any (app.open_one_to_one_ids())) is not true then
    raise exception 'talking points cannot be moved in this way' using errcode = 'MU028';
  end if;
  perform app.move_waiting_points(of_one_to_one);
end $function$;

CREATE OR REPLACE FUNCTION app.alignment_after_write()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'INSERT' then
    insert into alignment_own (alignment_id, organization_id, owner_id, proposed_by_id, created_at)
    values (new.id, new.organization_id, new.owner_id, new.proposed_by_id, coalesce(new.proposed_at, now()));
  end if;
  if new.state = 'PLACED' then
    delete from alignment_decline where alignment_id = new.id;
    delete from alignment
    where personal_goal_id = new.personal_goal_id and business_goal_id = new.business_goal_id and state = 'PROPOSED';
  elsif exists (
    select 1 from alignment a
    where a.personal_goal_id = new.personal_goal_id and a.business_goal_id = new.business_goal_id and a.state = 'PLACED'
  ) then
    raise exception 'this pair is already placed' using errcode = 'MU040';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.alignment_before_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  -- Locks only a goal that the viewer sees.
  perform 1 from personal_goal g
  where g.id = new.personal_goal_id
    and (
      g.owner_id = app.viewer() or g.id = any (app.shared_goal_ids())
      or (g.visibility = 'ORGANIZATION' and g.organization_id = app.organization())
    )
  for no key update;
  delete from alignment
  where new.proposed_by_id = app.viewer() and personal_goal_id = new.personal_goal_id and business_goal_id = new.business_goal_id
    and proposed_by_id = new.proposed_by_id and state = 'PROPOSED' and proposed_at <= now() - interval '30 days';
  new.proposed_at := case when new.state = 'PROPOSED' then coalesce(new.proposed_at, now()) end;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.alignment_before_place()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  new.proposed_at := null;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.alignment_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if new.state <> 'PLACED' then
    raise exception 'a proposal changes only by being placed' using errcode = 'MU041';
  end if;
  if old.state = 'PROPOSED' and not exists (select 1 from business_goal b where b.id = new.business_goal_id) then
    raise exception 'only a person who sees the business goal can place it' using errcode = 'MU042';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.alignment_how_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  update alignment_own n set how_by_id = app.viewer() where n.alignment_id = new.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.announce_conversation_changes(at_most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  taken integer;
  message text;
begin
  for taken, message in
    with gone as (
      delete from conversation_change c
      where c.id = any (array(select w.id from conversation_change w limit at_most for update skip locked))
      returning c.*
    ), line as (
      select row_number() over (order by g.typename = 'Conversation') as number,
        concat_ws(',', g.one_to_one_id, coalesce(g.conversation_id::text, ''), g.typename, g.node_id, g.removed::integer) as text
      from (select distinct one_to_one_id, conversation_id, typename, node_id, removed from gone) g
    )
    -- A message holds at most 8,000 bytes.
    select (select count(*)::integer from gone), string_agg(l.text, E'\n' order by l.number) from line l group by l.number / 50
  loop
    perform pg_notify('conversation_changes', message);
  end loop;
  return coalesce(taken, 0);
end $function$;

CREATE OR REPLACE FUNCTION app.announce_pulse(opened uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  insert into outbox_mail (organization_id, kind, recipient, person_id, about)
  select a.organization_id, 'PULSE_OPEN', a.sign_in_address, a.person_id, jsonb_build_object(
    'questions', (select count(*)::text from pulse_question q where q.pulse_id = p.id),
    'day', e.ends_on
  )
  from pulse p
  join engagement_period e on e.id = p.period_id
  join period_member m on m.period_id = p.period_id
  join account a on a.person_id = m.person_id and a.disabled_at is null
  left join person_preference f on f.person_id = m.person_id
  where p.id = opened and coalesce(f.reminders_by_mail, true)
$function$;

CREATE OR REPLACE FUNCTION app.announce_revealed_feedback(of_conversation uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if (
    select count(*) from conversation_feedback f where f.conversation_id = of_conversation and f.offered and not f.announced
  ) < 2 then
    return false;
  end if;
  perform 1 from one_to_one o
  where o.id = (select c.one_to_one_id from conversation c where c.id = of_conversation)
  for update;
  update conversation_feedback f set announced = true
  where f.conversation_id = of_conversation and f.offered and not f.announced;
  if not found then
    return false;
  end if;
  update conversation c set version = c.version + 1 where c.id = of_conversation;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION app.announce_token_ends()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  queued integer;
begin
  perform app.assert_no_session();
  if not pg_try_advisory_xact_lock(hashtextextended('app.announce_token_ends', 0)) then
    return 0;
  end if;
  with announced as (
    update session s set announced_end = e.ended_on
    from employment_end e
    where e.person_id = s.created_by and e.ended_at > now() and e.ended_on <= app.today_in(e.organization_id) + 14
      and s.person_id is null and s.revoked_at is null and s.expires_at > e.ended_at
      and s.announced_end is distinct from e.ended_on
      and app.can_grant_scopes(s.created_by, s.scopes)
    returning s.organization_id, s.created_by, s.scopes, s.label, s.announced_end
  )
  insert into outbox_mail (organization_id, kind, recipient, person_id, about)
  select distinct a.organization_id, 'API_TOKEN_ENDS', a.sign_in_address, a.person_id,
    jsonb_build_object('token', n.label, 'day', n.announced_end)
  from announced n
  join role_grant r on r.organization_id = n.organization_id
  join account a on a.person_id = r.person_id and a.disabled_at is null
  where n.scopes && app.scopes_of_roles(r.person_id)
    and not exists (select 1 from employment_end e where e.person_id = r.person_id and e.ended_on <= n.announced_end);
  get diagnostics queued = row_count;
  return queued;
end $function$;

CREATE OR REPLACE FUNCTION app.answer_pulse(wanted uuid, given smallint[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  me uuid := app.viewer();
  home uuid := app.organization();
  asked pulse;
begin
  if me is null then
    raise exception 'sign in to do this' using errcode = 'MU050';
  end if;
  select p.* into asked from pulse p where p.id = wanted and p.organization_id = home;
  if not found then
    raise exception 'no such pulse' using errcode = 'MU160';
  end if;
  if asked.closes_at <= clock_timestamp() then
    raise exception 'this pulse is closed' using errcode = 'MU161';
  end if;
  if given is null or array_ndims(given) is distinct from 1 or array_lower(given, 1) <> 1
    or cardinality(given) <> (select count(*) from pulse_question q where q.pulse_id = asked.id)
    or exists (
      select from pulse_question q
      where q.pulse_id = asked.id and case q.scale
        when 'ONE_TO_FIVE' then given[q.position] not between 1 and 5
        else given[q.position] not between 0 and 10
      end
    ) then
    raise exception 'these are not scores of this pulse' using errcode = 'MU163';
  end if;
  insert into pulse_answer_waiting (pulse_id, pseudonym, organization_id, scores, department_id, location_id, manager_id)
  select asked.id, t.pseudonym, home, given, m.department_id, m.location_id, m.manager_id
  from pulse_pseudonym t
  join period_member m on m.person_id = t.person_id and m.period_id = asked.period_id
  where t.person_id = me and t.quarter_id = asked.quarter_id
  on conflict (pulse_id, pseudonym) do update set scores = excluded.scores;
  if not found then
    raise exception 'this pulse asks who was employed when it opened' using errcode = 'MU162';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION app.answerable_area_ids()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array(
    select a.id from procedure_area a where a.answerer_id = (select app.viewer())
    union
    select a.id from procedure_area a where a.deputy_id = (select app.viewer())
  )
$function$;

CREATE OR REPLACE FUNCTION app.apply_address_changes(concerning text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  due record;
  applied integer := 0;
begin
  perform app.assert_no_session();
  for due in
    select c.person_id, c.organization_id, c.new_address, a.sign_in_address as old_address
    from address_change c join account a on a.person_id = c.person_id
    where c.new_confirmed_at is not null
      -- An intruder in the old mailbox could reset the password and also confirm the change. After a reset the seven days always apply, in
      -- which the person can reset the password again, which cancels the change (app.end_credentials).
      and (c.effective_at <= now() or c.old_confirmed_at is not null and not exists (
        select 1 from password_reset r where r.person_id = c.person_id and r.used_at > c.requested_at - interval '7 days'
      ))
      and app.account_is_open(a)
      and (concerning is null or folded_address(concerning) in (folded_address(c.new_address), folded_address(a.sign_in_address)))
    for update of a, c skip locked
  loop
    delete from address_change c where c.person_id = due.person_id;
    begin
      update account a set sign_in_address = due.new_address where a.person_id = due.person_id;
    exception when unique_violation then
      -- Another account took the address first: this person keeps the old one.
      continue;
    end;
    delete from password_reset r where r.person_id = due.person_id and r.used_at is null;
    perform app.end_sessions(due.person_id);
    insert into outbox_mail (organization_id, kind, recipient, person_id, about)
    select due.organization_id, 'ADDRESS_CHANGED', recipient, due.person_id, jsonb_build_object('newAddress', due.new_address)
    from unnest(array[due.old_address, due.new_address]) as recipient;
    applied := applied + 1;
  end loop;
  delete from address_change c where c.new_confirmed_at is null and c.requested_at <= now() - interval '72 hours';
  return applied;
end $function$;

CREATE OR REPLACE FUNCTION app.apply_due_address_changes()
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select app.apply_address_changes(null)
$function$;

CREATE OR REPLACE FUNCTION app.apply_import(import uuid, organization uuid, today date)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
 SET work_mem TO '64MB'
AS $function$
begin
  perform app.lock_directory_for_import(organization);
  raise notice 'Changing people' using errcode = 'MU082';
  -- Ordered by ID, as in every transaction that locks several people: those of shares and invitations do not wait for imports.
  perform 1 from person p
  where p.id in (select r.person_id from import_row r where r.import_id = import and r.differs)
  order by p.id for no key update of p;

  insert into department (organization_id, name)
  select distinct on (folded_name(r.name)) organization, r.name
  from (select department as name, min(line) as line from import_row
        where import_id = import and department is not null and department_id is null group by department) r
  order by folded_name(r.name), r.line
  on conflict do nothing;
  insert into location (organization_id, name)
  select distinct on (folded_name(r.name)) organization, r.name
  from (select location as name, min(line) as line from import_row
        where import_id = import and location is not null and location_id is null group by location) r
  order by folded_name(r.name), r.line
  on conflict do nothing;

  -- Addresses that move from one person to another are unused in between.
  update person p set email = null from import_row r
  where r.import_id = import and r.differs and p.id = r.person_id and folded_address(p.email) is distinct from r.email_key
    and exists (
      select 1 from import_row o where o.import_id = import and o.email_key = folded_address(p.email) and o.person_id <> p.id
    );
  update import_row r set department_id = d.id
  from department d
  where r.import_id = import and r.department is not null and r.department_id is null
    and d.organization_id = organization and folded_name(d.name) = folded_name(r.department);
  update import_row r set location_id = o.id
  from location o
  where r.import_id = import and r.location is not null and r.location_id is null
    and o.organization_id = organization and folded_name(o.name) = folded_name(r.location);
  update person p
  set external_id = r.external_id, name = r.name, email = r.email, title = r.title, hired_on = r.hired_on,
      department_id = r.department_id, location_id = r.location_id
  from import_row r where r.import_id = import and r.differs and p.id = r.person_id;
  insert into person (id, organization_id, external_id, name, email, title, hired_on, department_id, location_id)
  select r.person_id, organization, r.external_id, r.name, r.email, r.title, r.hired_on, r.department_id, r.location_id
  from import_row r where r.import_id = import and r.is_new;

  raise notice 'Changing ends of employment' using errcode = 'MU082';
  delete from employment_end e using import_row r
  where r.import_id = import and r.end_differs and r.new_end is null and e.person_id = r.person_id;
  insert into employment_end (person_id, organization_id, ended_on)
  select r.person_id, organization, r.new_end from import_row r
  where r.import_id = import and r.end_differs and r.new_end is not null
  on conflict (person_id) do update set ended_on = excluded.ended_on;

  -- Triggers derive the ends of reporting lines from those of employments (12-reporting-lines.sql).
  raise notice 'Changing reporting lines' using errcode = 'MU082';
  update reporting_line l set closed_on = today from import_row r
  where r.import_id = import and (r.left_on is null or r.left_on >= today)
    and l.report_id = r.person_id and l.kind = 'PRIMARY'
    and l.starts_on <= today and (l.ends_on is null or l.ends_on > today)
    and l.manager_id is distinct from r.line_manager_id;
  insert into reporting_line (organization_id, report_id, manager_id, starts_on, closed_on)
  select organization, r.person_id, r.line_manager_id, today, (
    -- Until a line begins that is already planned.
    select min(n.starts_on) from reporting_line n
    where n.report_id = r.person_id and n.kind = 'PRIMARY' and n.starts_on > today
      and (n.ends_on is null or n.ends_on > n.starts_on or n.leaver_id is not null)
  )
  from import_row r
  where r.import_id = import and r.line_manager_id is not null
    and not exists (
      select 1 from reporting_line l
      where l.report_id = r.person_id and l.kind = 'PRIMARY'
        and l.starts_on <= today and (l.ends_on is null or l.ends_on > today)
    );
end $function$;

CREATE OR REPLACE FUNCTION app.assert_no_session()
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if nullif(current_setting('app.session', true), '') is not null then
    raise exception 'call this without a session' using errcode = 'MU051';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION app.assigned_goal_ids()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array(select a.business_goal_id from business_goal_assignee a where a.person_id = (select app.viewer()))
$function$;

CREATE OR REPLACE FUNCTION app.authenticate(OUT session_id uuid, OUT organization_id uuid, OUT person_id uuid, OUT employed boolean, OUT roles text[], OUT scopes text[], OUT touch_due boolean)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select i.session_id, i.organization_id, i.person_id, i.employed,
         array(select r.role from role_grant r where r.person_id = i.person_id and i.employed order by r.role),
         i.scopes, app.touch_due(s)
  from app.live_session() i join session s on s.id = i.session_id
$function$;

CREATE OR REPLACE FUNCTION app.authors_of_lines(notes uuid, OUT words text, OUT author_id uuid)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with text_of as (
    select v.version, v.author_id, v.text from shared_notes_version v where v.notes_id = notes
    union all
    select n.version, n.updated_by_id, n.text from shared_notes n where n.id = notes
  ), line as (
    select app.words_of_line(l.words) as words, t.author_id, t.version
    from text_of t cross join lateral string_to_table(t.text, E'\n') as l (words)
  )
  select distinct on (line.words) line.words, line.author_id from line order by line.words, line.version
$function$;

CREATE OR REPLACE FUNCTION app.barrier_answer_trial_ends()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  today date := app.today_in(new.organization_id);
begin
  if new.trial_until <= today or new.trial_until > today + 366 then
    raise exception 'a trial ends on a day to come, within a year' using errcode = 'MU100';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.barrier_answered()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  today date := app.today_in(new.organization_id);
begin
  update barrier b
  set status = new.status, trial_until = new.trial_until,
      trial_kept = b.trial_kept or (new.status = 'TRIAL_WITHOUT' and b.status = 'TRIAL_WITHOUT'),
      answer_due_on = case
        when new.status = 'TRIAL_WITHOUT' then new.trial_until + 14
        when new.status = 'INVESTIGATING' and (b.status in ('REMOVED', 'STAYS') or b.trial_until >= today) then today + 14
        else b.answer_due_on
      end
  where b.id = new.barrier_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.barrier_before_write()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  today date := app.today_in(new.organization_id);
begin
  if tg_op = 'INSERT' then
    new.created_on := coalesce(new.created_on, today);
    new.answer_due_on := coalesce(new.answer_due_on, new.created_on + 14);
    new.first_due_on := coalesce(new.first_due_on, new.answer_due_on);
  else
    new.answer_due_on := today + 14;
    if not exists (select from barrier_answer a where a.barrier_id = new.id and a.status <> 'INVESTIGATING') then
      new.first_due_on := new.answer_due_on;
    end if;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.barrier_supporters(barrier_ids uuid[], OUT barrier_id uuid, OUT people integer)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select s.barrier_id, count(*)::integer
  from barrier_support s join organization o on o.id = s.organization_id
  where s.barrier_id = any (barrier_ids) and s.organization_id = (select app.organization())
  group by s.barrier_id, o.minimum_group_size
  having count(*) >= o.minimum_group_size
$function$;

CREATE OR REPLACE FUNCTION app.begin_import(organization uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if not pg_try_advisory_xact_lock(hashtextextended('import_people:' || organization, 0)) then
    raise exception 'another import is running' using errcode = 'MU080';
  end if;
  delete from import_row r where r.organization_id = organization;
  -- The importing process may be killed: the server should notice before the end of a long statement.
  perform set_config('client_connection_check_interval', '2s', true);
  return gen_random_uuid();
end $function$;

CREATE OR REPLACE FUNCTION app.begin_trend_release(period uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  home uuid := (select e.organization_id from engagement_period e where e.id = period);
begin
  if not pg_try_advisory_xact_lock(hashtextextended('trend release:' || home, 0))
    or period is distinct from (
      select due.period_id from app.due_trend_periods() due where due.organization_id = home
      order by due.ends_on, due.granularity limit 1
    ) then
    return null;
  end if;
  return gen_random_uuid();
end $function$;

CREATE OR REPLACE FUNCTION app.business_goal_before_new_parent()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform 1 from organization o where o.id = new.organization_id for no key update;
  if exists (
    with recursive above as (
      select b.id, b.parent_id from business_goal b where b.id = new.parent_id
      union
      select b.id, b.parent_id from above join business_goal b on b.id = above.parent_id
    )
    select 1 from above where id = new.id
  ) then
    raise exception 'business goals would form a cycle' using errcode = 'MU031';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.business_goal_before_publish()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  new.listed_at := now();
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.business_goal_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'DELETE' then
    if old.state <> 'DRAFT' and (
      exists (select 1 from check_in c where c.business_goal_id = old.id)
      or exists (select 1 from alignment a where a.business_goal_id = old.id and a.state = 'PLACED')
    ) then
      raise exception 'a published goal with check-ins or placements cannot be deleted' using errcode = 'MU034';
    end if;
    return old;
  end if;
  if new.parent_id is not null and (tg_op = 'INSERT' or new.parent_id is distinct from old.parent_id)
    and not exists (select 1 from business_goal b where b.id = new.parent_id) then
    raise exception 'no such parent' using errcode = 'MU030';
  end if;
  if tg_op = 'INSERT' and new.continues_id is not null and not exists (
    select 1 from business_goal b
    where b.id = new.continues_id and b.owner_id = (select app.viewer()) and b.state in ('OPEN', 'MISSED') and new.state = 'OPEN'
  ) then
    raise exception 'this goal cannot be continued' using errcode = 'MU035';
  end if;
  if tg_op = 'UPDATE' and new.state = 'DRAFT' and old.state <> 'DRAFT' then
    raise exception 'a published goal cannot become a draft again' using errcode = 'MU032';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.can_grant_scopes(creator uuid, scopes text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select scopes <@ app.scopes_of_roles(creator)
    and not exists (select 1 from employment_end e where e.person_id = creator and e.ended_at <= clock_timestamp())
$function$;

CREATE OR REPLACE FUNCTION app.can_transfer_business_goal(goal_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select exists (
    select 1 from business_goal b
    where b.id = goal_id
      and (
        b.owner_id = (select app.viewer())
        or (
          b.organization_id = (select app.organization_as('ORGANIZATION_ADMIN'))
          and (b.state <> 'DRAFT' or b.id = any ((select app.assigned_goal_ids())::uuid[]))
          and exists (select 1 from employment_end e where e.person_id = b.owner_id and e.ended_at <= now())
        )
      )
  )
$function$;

CREATE OR REPLACE FUNCTION app.cancel_address_change(link_hash bytea)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if link_hash is null then
    delete from address_change where person_id = app.signed_in_person();
  else
    delete from address_change where old_token_hash = link_hash;
  end if;
  return found;
end $function$;

CREATE OR REPLACE FUNCTION app.carry_points(from_conversation uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  left_behind conversation;
begin
  select c.* into left_behind from conversation c
  where c.id = from_conversation and c.one_to_one_id = any (app.open_one_to_one_ids()) and c.status <> 'PLANNED';
  if not found then
    raise exception 'talking points cannot be moved in this way' using errcode = 'MU028';
  end if;
  insert into talking_point_carry (point_id, from_id, organization_id, position, discussed)
  select t.id, from_conversation, t.organization_id, t.position, t.discussed
  from talking_point t where t.conversation_id = from_conversation and (not t.discussed or t.standing)
  on conflict (point_id, from_id) do update
    set to_id = null, position = excluded.position, discussed = excluded.discussed, postponed = false, carried_at = now();
  update talking_point t
  set conversation_id = null, position = placed.position, discussed = false,
    times_carried = t.times_carried + (not t.discussed)::integer, version = t.version + t.discussed::integer
  from (
    select p.id, row_number() over (order by p.position, p.id) + app.last_waiting_position(left_behind.one_to_one_id) as position
    from talking_point p where p.conversation_id = from_conversation and (not p.discussed or p.standing)
  ) placed
  where t.id = placed.id;
end $function$;

CREATE OR REPLACE FUNCTION app.change_password(proof text, new_hash text, token_hash bytea, label text)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  me uuid := app.signed_in_person();
begin
  update account a set password_hash = new_hash, password_changed_at = now()
  where a.person_id = me and app.password_proved(a, proof);
  if not found then
    return null;
  end if;
  perform app.end_credentials(me, true);
  return app.open_session(me, token_hash, label);
end $function$;

CREATE OR REPLACE FUNCTION app.charge_cost(caller text, amount double precision, a_minute double precision)
 RETURNS double precision
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  caller_hash bytea := app.keyed_hash(convert_to('cost ' || caller, 'UTF8'));
  used double precision;
begin
  perform app.assert_no_session();
  insert into throttle as t (subject, level, at) values (caller_hash, 0, clock_timestamp())
  on conflict (subject) do update
    set level = greatest(0, t.level - greatest(0, extract(epoch from clock_timestamp() - t.at)) * a_minute / 60),
        at = clock_timestamp()
  returning t.level into used;
  used := greatest(0, used + amount);
  if amount <= 0 or used <= a_minute then
    update throttle t set level = used where t.subject = caller_hash;
  end if;
  return used;
end $function$;

CREATE OR REPLACE FUNCTION app.check_in_requires_open_goal()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform 1 from business_goal b where b.id = new.business_goal_id and b.state = 'OPEN' for no key update;
  if not found then
    raise exception 'only an open goal takes check-ins' using errcode = 'MU033';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.check_in_sets_health()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  -- A check-in raises the version once: not again where its current values have raised it in this transaction.
  update business_goal b
  set health = new.health, version = b.version + (b.xmin <> pg_current_xact_id()::xid)::integer
  where b.id = new.business_goal_id and b.health is distinct from new.health;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.claim_idempotency_key(request_key text, field text, body bytea, OUT outcome text, OUT result jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET lock_timeout TO '3s'
AS $function$
declare
  caller record;
  hash bytea := app.keyed_hash(body);
  known idempotency_key;
begin
  select i.organization_id, coalesce(i.person_id, i.session_id) as id into caller from app.identity() i;
  if not found then
    raise exception 'sign in to use an idempotency key' using errcode = 'MU050';
  end if;
  loop
    insert into idempotency_key (viewer_id, key, organization_id, body_hash)
    values (caller.id, request_key, caller.organization_id, hash) on conflict do nothing;
    select * into known from idempotency_key k where k.viewer_id = caller.id and k.key = request_key for update;
    exit when found;
  end loop;
  if known.at <= now() - interval '24 hours' then
    update idempotency_key k set body_hash = hash, results = '{}', at = now()
    where k.viewer_id = caller.id and k.key = request_key;
    outcome := 'NEW';
  elsif known.body_hash <> hash then
    outcome := 'REUSED';
  elsif known.results ? field then
    outcome := 'DONE';
    result := known.results -> field;
  else
    outcome := 'NEW';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION app.close_reporting_lines_of_leavers(of_report uuid, on_day date)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  update reporting_line l set closed_on = greatest(l.starts_on, on_day)
  where l.report_id = of_report and l.kind = 'PRIMARY' and l.organization_id = app.organization_as('PEOPLE_ADMIN')
    and l.leaver_id is not null and l.ends_on <= on_day and (l.closed_on is null or l.closed_on > on_day)
$function$;

CREATE OR REPLACE FUNCTION app.compare_import(import uuid, organization uuid, today date, sees_future boolean)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
 SET work_mem TO '64MB'
AS $function$
  update import_row r
  set manager_id = coalesce(m.person_id, f.manager_id),
      manager_in_file = m.person_id is not null,
      line_manager_id = after.manager_id,
      differs = not r.is_new
        and ((p.external_id, p.name, p.email, p.title, p.department_id, p.location_id, p.hired_on)
            is distinct from (r.external_id, r.name, r.email, r.title, r.department_id, r.location_id, r.hired_on)
          or (r.department is not null and r.department_id is null) or (r.location is not null and r.location_id is null)),
      new_end = after.ended_on,
      end_differs = e.ended_on is distinct from after.ended_on,
      end_shown = case when sees_future then e.ended_on is distinct from after.ended_on
        else (case when e.last_day_at <= now() then e.ended_on end) is distinct from
          (case when after.ended_on <= today then after.ended_on end) end,
      manager_differs = not r.is_new and (e.ended_at is null or e.ended_at > now())
        and (r.left_on is null or r.left_on >= today)
        and after.manager_id is distinct from l.manager_id
  from import_row f
  left join person p on p.id = f.person_id
  left join employment_end e on e.person_id = f.person_id
  left join reporting_line l on l.organization_id = organization and l.report_id = f.person_id and l.kind = 'PRIMARY'
    and l.starts_at <= now() and (l.ends_at is null or l.ends_at > now())
  left join (
    select distinct on (id_key collate "C") id_key, person_id, left_on
    from import_row where import_id = import order by id_key collate "C", line
  ) m on m.id_key = f.manager_key
  left join employment_end left_before on left_before.person_id = f.manager_id and left_before.ended_at <= now()
  cross join lateral (
    select
      -- An empty left_on means that the person has not left so far: a future last day stays.
      case when f.left_on is null and e.ended_at > now() then e.ended_on else f.left_on end as ended_on,
      -- No line begins to a manager who has left, nor for a person who has.
      case when f.left_on < today then null
        when m.person_id is null then case when left_before.person_id is null then f.manager_id end
        when m.left_on is null or m.left_on >= today then m.person_id end as manager_id
  ) after
  where r.import_id = import and f.import_id = import and f.line = r.line
$function$;

CREATE OR REPLACE FUNCTION app.complete_trend_release(release uuid, period uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if exists (
    select 1 from trend_cell c
    where c.release_id = release
      and not exists (select 1 from trend_group g where g.release_id = release and g.tree = c.tree and g.key = c.group_key)
  ) then
    raise exception 'a figure without its group' using errcode = 'MU181';
  end if;
  insert into trend_release (
    id, organization_id, period_key, granularity, starts_on, ends_on, minimum_group_size, published_at, row_hash
  )
  select release, o.id, e.key, e.granularity, e.starts_on, e.ends_on, e.minimum_group_size,
    now() + make_interval(days => o.trends_published_after_days), app.trend_row_hash(release)
  from engagement_period e join organization o on o.id = e.organization_id where e.id = period;
end $function$;

CREATE OR REPLACE FUNCTION app.confirm_address_change(link_hash bytea, OUT new_address text, OUT requested_at timestamp with time zone, OUT effective_at timestamp with time zone, OUT old_confirmed boolean, OUT new_confirmed boolean)
 RETURNS SETOF record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
#variable_conflict use_column
begin
  if exists (
    select 1 from address_change c join account a on folded_address(a.sign_in_address) = folded_address(c.new_address)
    where c.new_token_hash = link_hash and c.new_confirmed_at is null and c.requested_at > now() - interval '72 hours'
      and a.person_id <> c.person_id
  ) then
    raise exception 'another account signs in with this address' using errcode = 'MU061';
  end if;
  return query
    update address_change c
    set old_confirmed_at = case when c.old_token_hash = link_hash then now() else c.old_confirmed_at end,
        new_confirmed_at = case when c.new_token_hash = link_hash then now() else c.new_confirmed_at end
    where c.requested_at > now() - interval '72 hours'
      and ((c.old_token_hash = link_hash and c.old_confirmed_at is null)
        or (c.new_token_hash = link_hash and c.new_confirmed_at is null))
      and exists (select 1 from account a where a.person_id = c.person_id and app.account_is_open(a))
    returning c.new_address, c.requested_at, c.effective_at, c.old_confirmed_at is not null, c.new_confirmed_at is not null;
end $function$;

CREATE OR REPLACE FUNCTION app.conversation_after_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  insert into shared_notes (organization_id, conversation_id) values (new.organization_id, new.id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.conversation_feedback_after_write()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform app.enqueue_jobs('announce_revealed_feedback', array[new.conversation_id]);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.conversation_feedback_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  row_now conversation_feedback := coalesce(new, old);
begin
  if row_now.author_id is distinct from app.viewer() then
    return row_now;
  end if;
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'feedback changes in transactions with the isolation READ COMMITTED only' using errcode = 'MU152';
  end if;
  perform 1 from one_to_one o
  where o.id = (select c.one_to_one_id from conversation c where c.id = row_now.conversation_id) and o.id = any (app.one_to_one_ids())
  for update;
  if tg_op <> 'INSERT' and app.is_feedback_offered(old.offered, old.offered_in) and exists (
    select 1 from conversation_feedback f
    where f.conversation_id = old.conversation_id and f.author_id <> old.author_id and app.is_feedback_offered(f.offered, f.offered_in)
  ) then
    raise exception 'feedback that was revealed does not change' using errcode = 'MU150';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  if tg_op = 'UPDATE' and not app.takes_feedback(new.conversation_id)
    and (new.offered and not old.offered or (new.better, new.worth_it) is distinct from (old.better, old.worth_it)) then
    raise exception 'this conversation takes no feedback' using errcode = 'MU151';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.conversation_feedback_stamp()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'UPDATE' and (new.better, new.worth_it) is distinct from (old.better, old.worth_it) then
    new.written_at := clock_timestamp();
  end if;
  if not new.offered then
    new.offered_at := null;
    new.offered_in := null;
  elsif new.offered_at is null then
    new.offered_at := clock_timestamp();
    new.offered_in := pg_current_xact_id();
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.conversation_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'UPDATE' and old.status <> 'PLANNED' and (
    new.status <> 'PLANNED' or new.scheduled_at is distinct from old.scheduled_at
    or old.closed_at <= now() - interval '7 days' or old.notes_import_id is not null
  ) then
    raise exception 'a closed conversation can only be reopened, within 7 days' using errcode = 'MU027';
  end if;
  if tg_op = 'UPDATE' and new.off_the_record_by_id is distinct from old.off_the_record_by_id then
    if old.status <> 'PLANNED' or new.status <> 'PLANNED' then
      raise exception 'only a planned conversation can be marked as off the record' using errcode = 'MU110';
    end if;
    if coalesce(old.off_the_record_by_id, app.viewer()) <> app.viewer()
      or coalesce(new.off_the_record_by_id, app.viewer()) <> app.viewer() then
      raise exception 'only the participant who marked a conversation as off the record takes that back' using errcode = 'MU111';
    end if;
    if new.off_the_record_by_id is not null and app.has_shared_content(new.id) then
      raise exception 'something was written in the conversation' using errcode = 'MU112';
    end if;
  end if;
  new.closed_at := case when new.status <> 'PLANNED' then now() end;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.conversation_off_the_record()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  delete from talking_point_carry k where k.from_id = new.id;
  update talking_point_carry k set to_id = null where k.to_id = new.id;
  update talking_point t set raised_in_id = null where t.one_to_one_id = new.one_to_one_id and t.raised_in_id = new.id;
  update talking_point t set conversation_id = null, position = placed.position
  from (
    select p.id, row_number() over (order by p.position, p.id) + app.last_waiting_position(new.one_to_one_id) as position
    from talking_point p where p.conversation_id = new.id
  ) placed
  where t.id = placed.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.conversation_terms()
 RETURNS TABLE(organization_id uuid, since timestamp with time zone, until timestamp with time zone, months integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select r.organization_id, r.since, lead(r.since, 1, 'infinity') over by_time,
    min(r.months) over (by_time rows between current row and unbounded following)
  from conversation_retention r
  window by_time as (partition by r.organization_id order by r.since)
$function$;

CREATE OR REPLACE FUNCTION app.count_attempts(subjects text[], free double precision[], forgotten double precision[], first double precision[], longest double precision[])
 RETURNS double precision
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  hashes bytea[] := array(select app.keyed_hash(convert_to(s, 'UTF8')) from unnest(subjects) with ordinality u (s, n) order by n);
  counted throttle[] := '{}';
  one throttle;
  wait double precision := 0;
  reached double precision;
begin
  for n in 1 .. cardinality(subjects) loop
    loop
      insert into throttle (subject, level, at) values (hashes[n], 0, clock_timestamp()) on conflict do nothing;
      select * into one from throttle t where t.subject = hashes[n] for update;
      exit when found;
    end loop;
    counted := counted || one;
    wait := greatest(wait, case when one.not_before > clock_timestamp()
      then extract(epoch from one.not_before - clock_timestamp()) end);
  end loop;
  if wait > 0 then
    return wait;
  end if;
  for n in 1 .. cardinality(subjects) loop
    one := counted[n];
    reached := greatest(0, one.level - greatest(0, extract(epoch from clock_timestamp() - one.at)) / forgotten[n]) + 1;
    update throttle t set level = reached, at = clock_timestamp(),
      -- Half an attempt of tolerance, for what has decreased since the last one.
      not_before = case when reached + 0.5 < free[n] then '-infinity'
        else clock_timestamp() + make_interval(secs => least(first[n] * power(2, least(floor(reached + 0.5 - free[n]), 30)), longest[n]))
      end
    where t.subject = hashes[n];
  end loop;
  return 0;
end $function$;

CREATE OR REPLACE FUNCTION app.count_daily(kind text, about text[], a_day integer)
 RETURNS double precision
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  me uuid := app.signed_in_person();
  subjects text[] := array(select distinct format('daily %s %s %s', kind, me, a) from unnest(about) a order by 1);
  many integer := cardinality(subjects);
  pace double precision := 86400.0 / a_day;
begin
  if me is null then
    raise exception 'sign in to do this' using errcode = 'MU050';
  end if;
  return app.count_attempts(subjects, array_fill(a_day::double precision, array[many]), array_fill(pace, array[many]),
    array_fill(pace, array[many]), array_fill(pace, array[many]));
end $function$;

CREATE OR REPLACE FUNCTION app.declined_one_to_one_ids()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array(select d.one_to_one_id from one_to_one_decline d where d.person_id = (select app.viewer()))
$function$;

CREATE OR REPLACE FUNCTION app.delete_expired_access_log(at_most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  deleted integer;
begin
  delete from goal_access a using (
    select g.reader_id, g.goal_id, g.on_day, g.kind
    from goal_access g join organization o on o.id = g.organization_id
    where g.on_day < (now() - make_interval(months => o.access_log_retention_months))::date - 1
      -- For the index.
      and g.on_day < (now() - make_interval(months => (select min(access_log_retention_months) from organization)))::date
    limit at_most
    for update of g skip locked
  ) expired
  where (a.reader_id, a.goal_id, a.on_day, a.kind) = (expired.reader_id, expired.goal_id, expired.on_day, expired.kind);
  get diagnostics deleted = row_count;
  return deleted;
end $function$;

CREATE OR REPLACE FUNCTION app.delete_expired_action_items(at_most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  deleted integer;
begin
  delete from action_item where id in (
    select i.id from app.conversation_terms() term
    join action_item i on i.organization_id = term.organization_id and i.made_in_id is null and i.state <> 'OPEN'
      and i.closed_at >= term.since and i.closed_at < least(term.until, now() - make_interval(months => term.months))
    limit at_most
    for update of i skip locked
  );
  get diagnostics deleted = row_count;
  return deleted;
end $function$;

CREATE OR REPLACE FUNCTION app.delete_expired_conversations(at_most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  expired uuid[];
begin
  select array_agg(found.id) into expired from (
    select c.id from app.conversation_terms() term
    join conversation c on c.organization_id = term.organization_id
      and coalesce(c.held_at, c.scheduled_at) >= term.since
      and coalesce(c.held_at, c.scheduled_at) < least(term.until, now() - make_interval(months => term.months))
    limit at_most
    for update of c skip locked
  ) found;
  if expired is null then
    return 0;
  end if;
  delete from talking_point t where t.conversation_id = any (expired) and t.discussed and not t.standing;
  delete from action_item i where i.made_in_id = any (expired) and i.state <> 'OPEN';
  update talking_point t
  set conversation_id = null, position = placed.position, discussed = false, version = t.version + t.discussed::integer
  from (
    select p.id, row_number() over (partition by p.one_to_one_id order by c.scheduled_at, p.position, p.id) + coalesce((
      select max(there.position) from talking_point there
      where there.one_to_one_id = p.one_to_one_id and there.conversation_id is null
    ), 0) as position
    from talking_point p join conversation c on c.id = p.conversation_id
    where p.conversation_id = any (expired)
  ) placed
  where t.id = placed.id;
  -- Foreign keys delete the notes, and empty what names the conversation.
  delete from conversation c where c.id = any (expired);
  return cardinality(expired);
end $function$;

CREATE OR REPLACE FUNCTION app.delete_expired_exports(at_most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  deleted integer;
begin
  delete from data_export where id in (
    select x.id from data_export x where x.expires_at <= now() limit at_most for update skip locked
  );
  get diagnostics deleted = row_count;
  return deleted;
end $function$;

CREATE OR REPLACE FUNCTION app.delete_expired_keys_and_throttles()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  keys integer;
  counts integer;
begin
  perform app.assert_no_session();
  if not pg_try_advisory_xact_lock(hashtextextended('app.delete_expired_keys_and_throttles', 0)) then
    return 0;
  end if;
  delete from idempotency_key where at <= now() - interval '24 hours';
  get diagnostics keys = row_count;
  -- Every count reaches 0 within a day (libs/auth/throttle.ts).
  delete from throttle where at < now() - interval '24 hours' and not_before < now();
  get diagnostics counts = row_count;
  return keys + counts;
end $function$;

CREATE OR REPLACE FUNCTION app.delete_expired_links()
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with gone as (delete from password_reset where created_at < now() - interval '30 days' returning 1)
  select count(*) from gone
$function$;

CREATE OR REPLACE FUNCTION app.delete_finished_erasures(at_most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  deleted integer;
begin
  delete from erasure where id in (
    select x.id from erasure x where x.executed_at <= now() - interval '30 days' limit at_most for update skip locked
  );
  get diagnostics deleted = row_count;
  return deleted;
end $function$;

CREATE OR REPLACE FUNCTION app.delete_lapsed_notes_imports(at_most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  deleted integer;
begin
  delete from notes_import where id in (
    select n.id from notes_import n
    where n.accepted_at is null and n.proposed_at <= now() - interval '30 days'
    limit at_most
    for update of n skip locked
  );
  get diagnostics deleted = row_count;
  return deleted;
end $function$;

CREATE OR REPLACE FUNCTION app.delete_lapsed_proposals()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  deleted integer;
begin
  delete from alignment where state = 'PROPOSED' and proposed_at <= now() - interval '30 days';
  get diagnostics deleted = row_count;
  return deleted;
end $function$;

CREATE OR REPLACE FUNCTION app.delete_undeliverable_mail()
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with gone as (
    delete from outbox_mail m
    where m.created_at < now() - interval '10 days' and not exists (
      select from graphile_worker._private_jobs j where j.payload ->> 'id' = m.id::text
    )
    returning 1
  )
  select count(*) from gone
$function$;

CREATE OR REPLACE FUNCTION app.destroy_overdue_pulse_answers()
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select count(app.destroy_pulse_answers(e.id))::integer from engagement_period e
  where e.granularity = 'QUARTER' and e.answers_destroyed_at is null and e.ends_at <= now() - interval '60 days'
$function$;

CREATE OR REPLACE FUNCTION app.destroy_pulse_answers(quarter uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  q engagement_period;
  destroyed integer;
begin
  select x.* into q from engagement_period x where x.id = quarter for update;
  if not found or q.granularity <> 'QUARTER' or not app.is_settled(q) then
    raise exception 'answers are destroyed once their quarter has ended, and 7 days have passed' using errcode = 'MU164';
  end if;
  if q.answers_destroyed_at is not null then
    return 0;
  end if;
  -- None that was given in the quarter is left to be stored: the worker stores them every minute. If one is, it goes too.
  delete from pulse_answer_waiting w using pulse p where p.id = w.pulse_id and p.quarter_id = quarter;
  insert into pulse_participation (period_id, respondent, organization_id, department_id, location_id, manager_id)
  select a.period_id, a.respondent, q.organization_id, a.department_id, a.location_id, a.manager_id
  from app.pulse_answers(quarter) a
  order by random();
  delete from pulse_answer a using pulse p where p.id = a.pulse_id and p.quarter_id = quarter;
  get diagnostics destroyed = row_count;
  delete from pulse_pseudonym t where t.quarter_id = quarter;
  delete from period_member m using engagement_period e where e.id = m.period_id and quarter in (e.id, e.quarter_id);
  update engagement_period e set answers_destroyed_at = now() where e.id = quarter;
  return destroyed;
end $function$;

CREATE OR REPLACE FUNCTION app.directory_organization()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select organization_id from app.live_session() where employed or 'DIRECTORY_READ' = any (scopes)
$function$;

CREATE OR REPLACE FUNCTION app.due_trend_periods(OUT period_id uuid, OUT quarter_id uuid, OUT organization_id uuid, OUT period_key text, OUT granularity text, OUT starts_on date, OUT ends_on date, OUT minimum_group_size integer, OUT organization_name text)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select e.id, coalesce(e.quarter_id, e.id), e.organization_id, e.key, e.granularity, e.starts_on, e.ends_on, e.minimum_group_size, o.name
  from engagement_period e
  join organization o on o.id = e.organization_id
  join engagement_period q on q.id = coalesce(e.quarter_id, e.id) and q.answers_destroyed_at is null
  where app.is_settled(e)
    and not exists (select 1 from trend_release r where r.organization_id = e.organization_id and r.period_key = e.key)
  order by e.ends_on, e.granularity, e.organization_id
$function$;

CREATE OR REPLACE FUNCTION app.employment_end_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform app.refit_reporting_lines(array(select a.person_id from added a));
  if exists (select 1 from added a where a.ended_at <= now()) then
    perform app.transfer_goals_of_leavers();
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.employment_end_before_write()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  zone text;
begin
  if tg_op = 'UPDATE' then
    if new.ended_on = old.ended_on then
      return new;
    end if;
    if new.recorded_at = old.recorded_at then
      new.recorded_at := now();
    end if;
  end if;
  select app.usable_time_zone(o.time_zone) into zone from organization o where o.id = new.organization_id;
  new.recorded_at := coalesce(new.recorded_at, now());
  new.last_day_at := app.start_of_day(new.ended_on, zone);
  new.ended_at := app.start_of_day(new.ended_on + 1, zone);
  new.access_until := app.start_of_day(greatest(new.ended_on, (new.recorded_at at time zone zone)::date) + 91, zone);
  -- Nor does correcting the last day after it, even if the day is counted in another time zone now or the clock was set back.
  if tg_op = 'UPDATE' and old.ended_at <= now() then
    new.access_until := greatest(new.access_until, old.access_until);
  end if;
  -- Erased once for each leaving (72-erasure.sql).
  if new.access_until > now() then
    new.erased_at := null;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.employment_end_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform app.end_shares_and_mandates_of_leavers(array(select b.person_id from before b where b.access_until <= now()));
  perform app.refit_reporting_lines(array(select b.person_id from before b));
  perform app.return_goals_of_leavers(array(select b.person_id from before b));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.employment_end_updated()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform app.end_shares_and_mandates_of_leavers(array(select b.person_id from before b where b.access_until <= now()));
  perform app.refit_reporting_lines(array(select b.person_id from before b));
  perform app.return_goals_of_leavers(array(select a.person_id from after a where a.ended_at > now()));
  if exists (select 1 from after a where a.ended_at <= now()) then
    perform app.transfer_goals_of_leavers();
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.end_credentials(of_person uuid, password_changed boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  owner account;
  cancelled text;
  revoked text[];
begin
  select a.* into owner from account a where a.person_id = of_person;
  perform app.end_sessions(of_person);
  delete from password_reset where person_id = of_person and used_at is null;
  delete from outbox_mail m where m.kind = 'PASSWORD_RESET' and folded_address(m.recipient) = folded_address(owner.sign_in_address);
  delete from address_change where person_id = of_person returning new_address into cancelled;
  revoked := app.revoke_tokens_of(of_person, true);
  if password_changed then
    insert into outbox_mail (organization_id, kind, recipient, person_id, about)
    values (owner.organization_id, 'PASSWORD_CHANGED', owner.sign_in_address, of_person,
            jsonb_build_object('revokedTokens', array_to_string(revoked, E'\n')));
  end if;
  if cancelled is not null then
    insert into outbox_mail (organization_id, kind, recipient, person_id, about)
    values (owner.organization_id, 'ADDRESS_CHANGE_CANCELLED', owner.sign_in_address, of_person,
            jsonb_build_object('newAddress', cancelled));
  end if;
end $function$;

CREATE OR REPLACE FUNCTION app.end_of_day(day date, time_zone text)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select app.start_of_day(end_of_day.day + 1, end_of_day.time_zone)
$function$;

CREATE OR REPLACE FUNCTION app.end_sessions(of_person uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  update session set revoked_at = now() where person_id = of_person and revoked_at is null
$function$;

CREATE OR REPLACE FUNCTION app.end_shares_and_mandates_of_leavers(was_over uuid[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  update goal_share s set ended_at = now()
  where s.ended_at is null and (s.owner_id = any (was_over) or s.with_id = any (was_over));
  update mandate m set ended_at = now()
  where m.ended_at is null and (m.granted_by_id = any (was_over) or m.to_id = any (was_over))
$function$;

CREATE OR REPLACE FUNCTION app.ended_sessions(hashes text[])
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 10
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select h.hash from unnest(hashes) h (hash)
  where not exists (select from app.live_session_of(decode(h.hash, 'hex')) i where i.employed)
$function$;

CREATE OR REPLACE FUNCTION app.enqueue_jobs(task text, row_ids uuid[], run_at timestamp with time zone DEFAULT now())
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  -- The tasks that may be queued, with the number of attempts. graphile-worker waits e^attempt seconds after each, at most six hours.
  attempts constant jsonb := '{"send_mail": 21, "announce_revealed_feedback": 21}';
  task_number integer;
begin
  if not attempts ? task then
    raise exception 'not a task that can be queued: %', task using errcode = 'MU090';
  end if;
  select t.id into task_number from graphile_worker._private_tasks t where t.identifier = task;
  if not found then
    insert into graphile_worker._private_tasks (identifier) values (task) on conflict do nothing;
    select t.id into task_number from graphile_worker._private_tasks t where t.identifier = task;
  end if;
  insert into graphile_worker._private_jobs (task_id, payload, run_at, max_attempts)
  select task_number, json_build_object('id', r.id), enqueue_jobs.run_at, (attempts ->> task)::smallint from unnest(row_ids) r (id);
end $function$;

CREATE OR REPLACE FUNCTION app.enqueue_mail()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform app.enqueue_jobs('send_mail', array(select m.id from new_mails m));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.erase_account(target uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  removed constant text := app.removed_words();
  was person;
  mails uuid[];
begin
  select p.* into was from person p where p.id = target for update;
  mails := array(
    select m.id from outbox_mail m
    where m.person_id = target or m.organization_id = was.organization_id and m.about ->> 'name' = was.name
  );
  delete from graphile_worker._private_jobs j where (j.payload ->> 'id')::uuid = any (mails) and j.locked_at is null;
  delete from outbox_mail m where m.id = any (mails);
  delete from address_change c where c.person_id = target;
  delete from password_reset r where r.person_id = target;
  delete from invitation i where i.person_id = target;
  delete from session s where s.person_id = target;
  -- API tokens that the person made; they ended with the employment.
  update session s set label = removed where s.created_by = target and s.person_id is null;
  delete from account a where a.person_id = target;
  delete from role_grant r where r.person_id = target;
  delete from person_preference p where p.person_id = target;
  delete from person_time_zone z where z.person_id = target;
  delete from one_to_one_decline d where d.person_id = target;
  update import_outcome r set absent = r.absent - was.external_id
  where r.organization_id = was.organization_id and r.absent ? was.external_id;
  update import_report r set errors = app.without_person(r.errors, was)
  where r.organization_id = was.organization_id and r.errors is distinct from app.without_person(r.errors, was);
  update import_outcome r set errors = app.without_person(r.errors, was)
  where r.organization_id = was.organization_id and r.errors is distinct from app.without_person(r.errors, was);
  update person p
  set name = 'Former colleague', email = null, title = null, external_id = null, department_id = null, location_id = null, hired_on = null
  where p.id = target;
  update employment_end e set erased_at = now() where e.person_id = target;
end $function$;

CREATE OR REPLACE FUNCTION app.erase_content(target uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  removed constant text := app.removed_words();
  pairs uuid[];
  talks uuid[];
begin
  -- Nobody writes in their one-to-ones meanwhile.
  perform 1 from one_to_one o where target in (o.first_id, o.second_id) order by o.id for update;
  pairs := array(select o.id from one_to_one o where target in (o.first_id, o.second_id));
  talks := array(select c.id from conversation c where c.one_to_one_id = any (pairs));

  -- Export files: the person's own, and those of people who hold words of theirs, who can export again.
  delete from data_export x where x.person_id = target or x.person_id in (
    select case when o.first_id = target then o.second_id else o.first_id end from one_to_one o where o.id = any (pairs)
    union select unnest(array[m.granted_by_id, m.to_id]) from mandate_own m where coalesce(m.text_by_id, m.granted_by_id) = target
    union select h.person_id from handover h where h.from_id = target
    union select a.owner_id from alignment a where a.proposed_by_id = target
  );

  -- With milestones, updates, wordings, shares and alignments.
  delete from personal_goal g where g.owner_id = target;
  delete from goal_access a where a.owner_id = target;
  delete from alignment a where a.proposed_by_id = target and a.state = 'PROPOSED';
  update alignment a set how = null from alignment_own n
  where n.alignment_id = a.id and a.proposed_by_id = target and a.how is not null and coalesce(n.how_by_id, target) = target;

  delete from talking_point t where t.one_to_one_id = any (pairs) and t.author_id = target;
  delete from private_notes n where n.conversation_id = any (talks) and n.author_id = target;
  delete from conversation_feedback f where f.author_id = target;
  delete from agenda_template a where a.owner_id = target;
  perform app.forget_pulse_respondent(target);
  perform app.forget_trend_participant(target);
  delete from notes_import n where n.proposed_by_id = target and n.accepted_at is null;

  -- The words of an action item belong to the person who wrote them last; each wording in its history to its author.
  update action_item i set text = removed, version = i.version + 1
  where i.one_to_one_id = any (pairs) and i.text <> removed and app.last_author_of_item(i.id, i.created_by_id) = target;
  update action_item_version v set text = removed
  from action_item i
  where i.one_to_one_id = any (pairs) and v.item_id = i.id and v.author_id = target and v.text <> removed;

  -- Lines of shared notes, in the present text and in every version, belong to the person who wrote them first (app.authors_of_lines).
  with page as materialized (
    select n.id from shared_notes n
    where n.conversation_id = any (talks)
      and (n.updated_by_id = target or exists (select from shared_notes_version v where v.notes_id = n.id and v.author_id = target))
  ), theirs as materialized (
    select p.id as notes_id, array_agg(w.words) as words from page p cross join lateral app.authors_of_lines(p.id) w
    where w.author_id = target and w.words not in ('', removed, '·') group by p.id
  ), versions as (
    update shared_notes_version v set text = app.without_lines(v.text, t.words) from theirs t where v.notes_id = t.notes_id
  )
  update shared_notes n set text = app.without_lines(n.text, t.words), version = n.version + 1 from theirs t where n.id = t.notes_id;

  -- A promise that the new manager has taken up in the words of the person, and not worded again.
  with taken_up as (
    select o.action_item_id as id, o.text from handover h join handover_offer o on o.line_id = h.line_id
    where h.person_id = target and o.kind = 'PROMISE' and o.action_item_id is not null and o.text <> removed
  ), versions as (
    update action_item_version v set text = removed from taken_up t where v.item_id = t.id and v.text = t.text
  )
  update action_item i set text = removed, version = i.version + 1 from taken_up t where i.id = t.id and i.text = t.text;

  -- Offered: promises in the words of the person, mandates in those of the manager who wrote them. Before the mandates, which say who did:
  -- one that is granted again at this moment is there when the offer is no longer locked.
  update handover_offer o set text = removed from handover h
  where h.line_id = o.line_id and o.text <> removed and case o.kind
    when 'PROMISE' then h.person_id = target
    else target in (
      select coalesce(n.text_by_id, n.granted_by_id) from mandate m join mandate_own n on n.mandate_id = m.id
      where m.line_id = o.line_id and m.text = o.text
    )
  end;
  -- A mandate without words allows nothing. Others may have granted it: locked first, so that nobody words it again meanwhile.
  perform 1 from mandate m
  where m.id in (select n.mandate_id from mandate_own n where coalesce(n.text_by_id, n.granted_by_id) = target)
  order by m.id for update;
  update mandate m set text = removed, published = false, ended_at = coalesce(m.ended_at, now()) from mandate_own n
  where n.mandate_id = m.id and coalesce(n.text_by_id, n.granted_by_id) = target and m.text <> removed;
  -- A story without a name has no author from now on.
  delete from story_author a where a.person_id = target and not a.named;

  delete from idempotency_key k where k.viewer_id = target;
  delete from session s where s.person_id = target
    and (s.revoked_at is not null or s.expires_at <= now() or s.last_seen_at <= now() - interval '16 days');
end $function$;

CREATE OR REPLACE FUNCTION app.erase_person(target uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  home uuid;
  is_requested boolean;
  has_left boolean;
  is_over boolean;
begin
  select p.organization_id into home from person p where p.id = target;
  if not found then
    return false;
  end if;
  -- One erasure of a person at a time; and the directory, which changes for people who have left, not during an import.
  perform pg_advisory_xact_lock(hashtextextended('erasure:' || target, 0));
  perform pg_advisory_xact_lock(hashtextextended('people:' || home, 0));
  -- An export that has read the words would be stored after they are erased: exports in progress finish first, and others wait.
  perform pg_advisory_xact_lock(hashtextextended('export:' || home, 0));
  perform 1 from erasure x where x.person_id = target and x.executed_at is null and x.executes_at <= now() for update;
  is_requested := found;
  select e.ended_at <= now(), e.access_until <= now() and e.erased_at is null into has_left, is_over
  from employment_end e where e.person_id = target;
  if not (is_requested or coalesce(is_over, false)) then
    return false;
  end if;
  perform app.erase_content(target);
  if has_left then
    perform app.erase_account(target);
  end if;
  update erasure x set executed_at = now() where x.person_id = target and x.executed_at is null and (is_requested or has_left);
  insert into audit_entry (organization_id, actor_id, action, subject)
  values (
    home, case when is_requested then target end, 'DATA_ERASED',
    format('Person %s: %s', target, case when is_requested then 'on request' else 'after leaving' end)
  );
  return true;
end $function$;

CREATE OR REPLACE FUNCTION app.erasure_preview(OUT kind text, OUT count integer)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with me as (select person_id as id from app.live_session()),
  pair as (select o.id from me join one_to_one o on me.id in (o.first_id, o.second_id)),
  talk as (select c.id from pair join conversation c on c.one_to_one_id = pair.id)
  select c.kind, c.count from (
    select 'GOALS', count(*)::integer from me join personal_goal g on g.owner_id = me.id
    union all select 'UPDATES', count(*) from me join goal_update u on u.author_id = me.id
      join personal_goal g on g.id = u.goal_id
    union all select 'POINTS', count(*) from me, pair join talking_point t on t.one_to_one_id = pair.id where t.author_id = me.id
    union all select 'PRIVATE_NOTES', count(*) from me, talk join private_notes n on n.conversation_id = talk.id
      where n.author_id = me.id and n.text <> ''
    union all select 'SHARED_NOTES', count(*) from me, talk join shared_notes n on n.conversation_id = talk.id
      where exists (select from shared_notes_version v where v.notes_id = n.id and v.author_id = me.id)
    union all select 'ACTION_ITEMS', count(*) from me, pair join action_item i on i.one_to_one_id = pair.id
      where app.last_author_of_item(i.id, i.created_by_id) = me.id
    union all select 'FEEDBACK', count(*) from me join conversation_feedback f on f.author_id = me.id
    union all select 'TEMPLATES', count(*) from me join agenda_template a on a.owner_id = me.id
    union all select 'MANDATES', count(*) from me join mandate_own m on coalesce(m.text_by_id, m.granted_by_id) = me.id
    union all select 'PROPOSALS', count(*) from me join alignment a on a.proposed_by_id = me.id and a.owner_id <> me.id
    union all select 'IMPORTS', count(*) from me join notes_import n on n.proposed_by_id = me.id and n.accepted_at is null
    union all select 'STAYING', (select count(*) from me join business_goal b on b.owner_id = me.id)
      + (select count(*) from me join check_in k on k.author_id = me.id)
      + (select count(*) from me join barrier b on b.raised_by_id = me.id)
      + (select count(*) from me join barrier_answer b on b.by_id = me.id)
      + (select count(*) from me join story_author s on s.person_id = me.id)
  ) c (kind, count) where exists (select from me)
$function$;

CREATE OR REPLACE FUNCTION app.erasure_requested()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  insert into outbox_mail (organization_id, kind, recipient, person_id, about)
  select new.organization_id, 'ERASURE_REQUESTED', a.sign_in_address, a.person_id, jsonb_build_object(
    'organization', o.name,
    'day', (new.executes_at at time zone app.usable_time_zone(z.time_zone, o.time_zone))::date
  )
  from account a join organization o on o.id = a.organization_id left join person_time_zone z on z.person_id = a.person_id
  where a.person_id = new.person_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.external_ids(person_ids uuid[], OUT person_id uuid, OUT external_id text)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select p.id, p.external_id from person p
  where p.id = any (person_ids) and p.external_id is not null
    and p.organization_id = (select app.organization_of_external_ids())
$function$;

CREATE OR REPLACE FUNCTION app.feedback_at(feedback_id uuid)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select case when other.offered_at is null then f.written_at else greatest(f.offered_at, other.offered_at) end
  from conversation_feedback f
  left join lateral (
    select o.offered_at from conversation_feedback o
    where o.conversation_id = f.conversation_id and o.author_id <> f.author_id
      and app.is_feedback_offered(o.offered, o.offered_in) and app.is_feedback_offered(f.offered, f.offered_in)
  ) other on true
  where f.id = feedback_at.feedback_id
    and (f.author_id = app.viewer() or f.id = any (app.revealed_feedback_ids()))
$function$;

CREATE OR REPLACE FUNCTION app.find_people(words text, in_department uuid, at_location uuid, with_former boolean, of_manager uuid, without_manager boolean, account_states text[], cursor_name text, cursor_id uuid, backward boolean, size integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  organization uuid := app.directory_organization();
  matching text;
  -- Whether one of the words is in the index, which consists of runs of three letters.
  indexed boolean;
  -- The person whose external ID is searched for, or null.
  by_external_id uuid;
  -- The states to look up: a filter that includes NONE selects everybody but those in the other states.
  states text[] := account_states;
  in_list text := case when in_department is not null then ' and p.department_id = $2'
                       when at_location is not null then ' and p.location_id = $3' else '' end
    || case when of_manager is null then '' else $sql$
         and p.id in (
           select l.report_id from reporting_line l
           where l.manager_id = $8 and l.kind = 'PRIMARY' and l.starts_at <= now() and (l.ends_at is null or l.ends_at > now()))$sql$ end
    || case when cursor_id is null then '' when backward then ' and (p.name, p.id) < ($4, $5)' else ' and (p.name, p.id) > ($4, $5)' end;
  direction text := case when backward then ' desc' else '' end;
  walk text;
  gather text;
  reach integer;
  found_ids uuid[];
  all_found boolean;
begin
  if organization is null or (account_states is not null and app.organization_as('PEOPLE_ADMIN') is null) then
    return;
  end if;
  -- As literals, so that the planner sees how rare they are.
  select coalesce(string_agg(
      format(' and p.search_text like %L', '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%'), ''), ''),
    coalesce(bool_or(word ~ '[[:alnum:]]{3}'), false)
  into matching, indexed
  from (
    select distinct word from regexp_split_to_table(searchable(words), '\s+') as word where word <> ''
    order by word limit 10
  ) w;
  if matching <> '' and app.organization_of_external_ids() is not null then
    select p.id into by_external_id from person p
    where p.organization_id = organization and folded_id(p.external_id) = folded_id(words);
    if by_external_id is not null then
      matching := ' and ((true' || matching || ') or p.id = $10)';
    end if;
  end if;
  if 'NONE' = any (account_states) then
    states := array(select s from unnest(array['INVITED', 'ACTIVE', 'DISABLED']) s where s <> all (account_states));
  end if;
  matching := matching
    || case when in_department is null or at_location is null then '' else ' and p.location_id = $3' end
    || case when with_former then '' else
         ' and not exists (select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now())' end
    || case when not without_manager then '' else $sql$
         and not exists (
           select 1 from reporting_line l
           where l.report_id = p.id and l.kind = 'PRIMARY' and l.starts_at <= now() and (l.ends_at is null or l.ends_at > now()))$sql$ end
    || case when account_states is null then '' else
         case when 'NONE' = any (account_states) then ' and not' else ' and' end || $sql$ exists (
           select 1 from account a
           where a.person_id = p.id and case when a.disabled_at is null then 'ACTIVE' else 'DISABLED' end = any ($9)
           union all
           select 1 from invitation i
           where i.person_id = p.id and 'INVITED' = any ($9) and i.accepted_at is null and i.expires_at > now()
             and folded_address(i.address) = folded_address(p.email)
             and not exists (select 1 from account a where a.person_id = p.id))$sql$ end;
  -- The matches among the first $7 names: the inner limit keeps this short, whatever the words.
  walk := 'select array(select p.id from (select p.* from person p where p.organization_id = $1' || in_list
    || format(' order by p.name%1$s, p.id%1$s limit $7) p where true', direction) || matching
    || format(' order by p.name%1$s, p.id%1$s limit $6)', direction);
  -- The first of all matches, if these are fewer than $7. Materialized, so that the planner does not go through the names after all.
  gather := 'with found as materialized (select p.id, p.name from person p where p.organization_id = $1' || in_list || matching
    || format(' limit $7) select array(select id from found order by name%1$s, id%1$s limit $6), (select count(*) from found) < $7', direction);
  foreach reach in array case when indexed then array[250, 2500] else array[null::integer] end loop
    execute walk into found_ids
      using organization, in_department, at_location, cursor_name, cursor_id, size, reach, of_manager, states, by_external_id;
    exit when cardinality(found_ids) >= size or not indexed;
    execute gather into found_ids, all_found
      using organization, in_department, at_location, cursor_name, cursor_id, size, case reach when 250 then 200 end, of_manager, states,
            by_external_id;
    exit when all_found;
  end loop;
  return query select unnest(found_ids);
end $function$;

CREATE OR REPLACE FUNCTION app.finish_import(import uuid, organization uuid, by_person uuid, by_token uuid, sees text, dry_run boolean, similar_ids_allowed boolean, row_count integer, bad jsonb, bad_count integer)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
 SET work_mem TO '64MB'
AS $function$
declare
  today constant date := app.today_in(organization);
  cycle_message constant text := 'must not be a person who reports to this one, directly or through others.';
  checked record;
  file_cycles integer[];
  cycles uuid[];
  directory_bad jsonb := '[]';
  directory_bad_count integer := 0;
  outside bigint := 0;
  report_id uuid;
begin
  raise notice 'Checking the file' using errcode = 'MU082';
  checked := app.import_file_errors(import, similar_ids_allowed);
  bad := bad || checked.list;
  bad_count := bad_count + checked.total;
  if bad_count = 0 then
    file_cycles := app.import_file_cycles(import, today);
    select coalesce(jsonb_agg(jsonb_build_object('line', c, 'column', 'manager_external_id', 'message', cycle_message) order by c), '[]'),
           count(*)
    into bad, bad_count
    from unnest(file_cycles) c;
  end if;

  insert into import_report (organization_id, by_id, token_id, dry_run, rows, error_count, errors)
  select organization, by_person, by_token, dry_run, row_count, bad_count, app.first_import_errors(bad)
  returning id into report_id;

  -- A dry run whose importer may see nothing of the directory does not read it, so that its duration reveals nothing either.
  if not (dry_run and sees = 'NOTHING') then
    if not dry_run then
      perform app.lock_directory_for_import(organization);
    end if;
    raise notice 'Comparing with the directory' using errcode = 'MU082';
    perform app.match_import_rows(import, organization);
    perform app.compare_import(import, organization, today, sees <> 'PRESENT');
    checked := app.import_directory_errors(import, organization, similar_ids_allowed, sees <> 'PRESENT');
    directory_bad := checked.list;
    directory_bad_count := checked.total;
    if bad_count + directory_bad_count = 0 then
      outside := app.import_managers_changed_outside(import, organization, today);
      cycles := app.import_cycles(import, organization);
      select coalesce(jsonb_agg(jsonb_build_object('line', r.line, 'column', 'manager_external_id', 'message', cycle_message) order by r.line), '[]'),
             count(*)
      into directory_bad, directory_bad_count
      from import_row r where r.import_id = import and r.person_id = any (cycles);
    end if;

    -- A dry run applies the file, and rolls back, only if lines that begin later could form a cycle with those of the file.
    if bad_count + directory_bad_count = 0 and (not dry_run or exists (
      select 1 from reporting_line l where l.organization_id = organization and l.kind = 'PRIMARY' and l.starts_at > now()
    )) then
      begin
        perform app.apply_import(import, organization, today);
        if dry_run then
          raise exception 'a dry run' using errcode = 'MU081';
        end if;
      exception
        when sqlstate 'MU081' then
          null;
        when sqlstate 'MU001' then
          directory_bad_count := 1;
          directory_bad := jsonb_build_array(jsonb_build_object('line', 1, 'column', 'manager_external_id', 'message',
            'The reporting lines of the file would form a cycle with lines that begin later: change one of them.'));
        -- app.import_directory_errors finds it first, unless a role or an account has changed since.
        when sqlstate 'MU060' then
          directory_bad_count := 1;
          directory_bad := jsonb_build_array(jsonb_build_object('line', 1, 'column', 'left_on', 'message',
            'would leave the organization without an ORGANIZATION_ADMIN: grant the role to another person first.'));
      end;
    end if;

    insert into import_outcome (report_id, organization_id, token_id, created, changed, ended, restored, managers_changed, unchanged,
                                error_count, errors, absent_count, absent)
    select report_id, organization, case when sees <> 'NOTHING' then by_token end,
           coalesce(done.created, 0), coalesce(done.changed, 0), coalesce(done.ended, 0), coalesce(done.restored, 0),
           coalesce(done.managers_changed, 0), coalesce(done.unchanged, 0), directory_bad_count,
           app.first_import_errors(directory_bad), absent.total, absent.list
    from (
      select count(*) as total,
             coalesce(jsonb_agg(external_id order by external_id) filter (where place <= 1000), '[]') as list
      from (
        select p.external_id, row_number() over (order by p.external_id) as place from person p
        where p.organization_id = organization and p.external_id is not null
          and not exists (select 1 from import_row r where r.import_id = import and r.person_id = p.id)
          and not exists (select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now())
      ) gone
    ) absent
    left join (
      select count(*) filter (where is_new) as created,
             count(*) filter (where differs) as changed,
             count(*) filter (where end_shown and not is_new and visible_end is not null) as ended,
             count(*) filter (where end_shown and not is_new and visible_end is null) as restored,
             count(*) filter (where manager_differs) + outside as managers_changed,
             count(*) filter (where not (is_new or differs or end_shown or manager_differs)) as unchanged
      from (
        select r.*, case when sees <> 'PRESENT' or r.new_end <= today then r.new_end end as visible_end
        from import_row r where r.import_id = import
      ) r
    ) done on bad_count + directory_bad_count = 0;
  end if;

  if not dry_run and bad_count + directory_bad_count = 0 then
    insert into audit_entry (organization_id, actor_id, action, subject)
    values (organization, by_person, 'PEOPLE_IMPORTED', 'import report ' || report_id);
  end if;
  delete from import_row where import_id = import;
  return report_id;
end $function$;

CREATE OR REPLACE FUNCTION app.first_import_errors(errors jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(jsonb_agg(e order by (e ->> 'line')::integer, e ->> 'column'), '[]')
  from (select e from jsonb_array_elements(errors) e order by (e ->> 'line')::integer, e ->> 'column' limit 1000) first
$function$;

CREATE OR REPLACE FUNCTION app.forget_point_subject(of_point uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  delete from talking_point_subject s using talking_point t
  where s.point_id = of_point and t.id = s.point_id
    and s.author_id = app.viewer() and t.one_to_one_id = any (app.open_one_to_one_ids())
$function$;

CREATE OR REPLACE FUNCTION app.forget_pulse_participation(at_most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  forgotten uuid[];
begin
  with gone as (
    delete from pulse_participation n where (n.period_id, n.respondent) in (
      select x.period_id, x.respondent from pulse_participation x join engagement_period e on e.id = x.period_id
      where e.ends_at <= now() - interval '24 months' limit at_most for update of x skip locked
    )
    returning n.respondent
  )
  select array_agg(g.respondent) into forgotten from gone g;
  delete from pulse_respondent r
  where r.respondent = any (forgotten)
    and not exists (select from pulse_participation n where n.respondent = r.respondent)
    and not exists (select from pulse_pseudonym t where t.respondent = r.respondent);
  return coalesce(cardinality(forgotten), 0);
end $function$;

CREATE OR REPLACE FUNCTION app.forget_pulse_respondent(target uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  update pulse_pseudonym t set person_id = null where t.person_id = target;
  delete from pulse_respondent r where r.person_id = target
$function$;

CREATE OR REPLACE FUNCTION app.forget_trend_history()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  forgotten integer;
begin
  delete from trend_figure_people f using trend_release r
  where r.id = f.release_id
    and (
      r.ends_on < now() - interval '24 months'
      or f.purpose = 'QUARTER' and (date_trunc('quarter', r.starts_on) + interval '3 months 60 days') < now()
    );
  get diagnostics forgotten = row_count;
  return forgotten;
end $function$;

CREATE OR REPLACE FUNCTION app.forget_trend_months(quarter uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  delete from trend_figure_people f using engagement_period e, trend_release r
  where e.quarter_id = quarter and r.organization_id = e.organization_id and r.period_key = e.key
    and f.release_id = r.id and f.purpose = 'QUARTER'
$function$;

CREATE OR REPLACE FUNCTION app.forget_trend_participant(target uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  update trend_participant n set person_id = null where n.person_id = target
$function$;

CREATE OR REPLACE FUNCTION app.forgive_attempts(entirely text[], once text[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  delete from throttle t using unnest(entirely) w (subject) where t.subject = app.keyed_hash(convert_to(w.subject, 'UTF8'));
  update throttle t set level = greatest(0, t.level - 1), not_before = '-infinity'
  from unnest(once) o (subject) where t.subject = app.keyed_hash(convert_to(o.subject, 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION app.goal_ids_with_past()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array(select s.goal_id from app.active_shares() s where s.includes_past)
$function$;

CREATE OR REPLACE FUNCTION app.goal_share_acquire_goal_lock()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform 1 from personal_goal g where g.id = new.goal_id for no key update;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.goal_share_after_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  insert into goal_share_own (share_id, organization_id, owner_id) values (new.id, new.organization_id, new.owner_id);
  update personal_goal set visibility = 'SHARED' where id = new.goal_id and visibility = 'PRIVATE';
  if app.share_state(new) = 'ACTIVE' then
    update goal_share s set waiting = false
    where s.owner_id = new.with_id and s.with_id = new.owner_id and s.waiting and not app.share_is_over(s);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.goal_share_before_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  -- Only if the policies permit the share, so that nobody locks rows that they cannot see.
  perform 1 from person p
  where p.id in (new.owner_id, new.with_id) and new.owner_id = app.viewer() and p.organization_id = app.organization()
  order by p.id for no key update;
  new.line_id := (
    select l.id from reporting_line l
    where l.report_id = new.owner_id and l.manager_id = new.with_id and l.kind = 'PRIMARY'
      and l.starts_at <= now() and (l.ends_at is null or now() < l.ends_at)
  );
  new.waiting := new.waiting and app.share_begins_pending(new.owner_id, new.with_id);
  new.became_active_at := case when not new.waiting then coalesce(new.became_active_at, now()) end;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.goal_share_before_update()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if new.waiting and not old.waiting then
    raise exception 'a share that is active cannot become pending again' using errcode = 'MU010';
  end if;
  if old.ended_at is not null and new.ended_at is distinct from old.ended_at
    or (new.expires_at, new.includes_past) is distinct from (old.expires_at, old.includes_past) and app.share_state(old) = 'ENDED'
    or new.waiting is distinct from old.waiting and app.share_is_over(old) then
    raise exception 'a share that has ended cannot be changed' using errcode = 'MU011';
  end if;
  if old.waiting and not new.waiting then
    new.became_active_at := now();
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.handover_offer_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if old.action_item_id is not null or old.mandate_id is not null then
    raise exception 'this was taken up already' using errcode = 'MU140';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.handover_offer_mandate_granted()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  update mandate_own n set text_by_id = coalesce(written.text_by_id, written.granted_by_id)
  from mandate granted, mandate former join mandate_own written on written.mandate_id = former.id
  where n.mandate_id = new.mandate_id and granted.id = new.mandate_id and granted.text = new.text
    and former.line_id = new.line_id and former.text = new.text;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.has_passed(moment timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE((moment <= now()), false);

CREATE OR REPLACE FUNCTION app.has_reporting_cycle(days date[], people uuid[], managers uuid[])
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_nestloop TO 'off'
AS $function$
  with recursive edge as (
    select * from unnest(days, people, managers) e(on_day, person_id, manager_id)
  ),
  reached as (
    select on_day, person_id from edge where manager_id is null
    union all
    select e.on_day, e.person_id from reached r join edge e on e.on_day = r.on_day and e.manager_id = r.person_id
  )
  select (select count(*) from reached) < cardinality(people)
$function$;

CREATE OR REPLACE FUNCTION app.has_shared_content(of_conversation uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select exists (select 1 from shared_notes n where n.conversation_id = c.id and n.version > 0)
    or exists (select 1 from action_item i where i.made_in_id = c.id)
    or exists (select 1 from talking_point t where t.conversation_id = c.id and not t.draft and t.discussed)
    or exists (select 1 from conversation_feedback f where f.conversation_id = c.id and f.author_id <> app.viewer())
  from conversation c where c.id = of_conversation
$function$;

CREATE OR REPLACE FUNCTION app.has_shared_first(leader_id uuid, with_person_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select exists (
      select 1 from goal_share s join personal_goal g on g.id = s.goal_id
      where s.owner_id = leader_id and s.with_id = with_person_id
        and s.ended_at is null and g.visibility <> 'PRIVATE' and app.share_state(s) = 'ACTIVE'
    ) or exists (
      select 1 from personal_goal g
      where g.owner_id = leader_id and g.visibility = 'ORGANIZATION'
        and not exists (select 1 from employment_end e where e.person_id = leader_id and e.ended_at <= now())
    )
$function$;

CREATE OR REPLACE FUNCTION app.holds_demo_organization()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select exists (select 1 from organization where id = '809a7754-0186-86b4-864f-5ff3c48bcc2f')
$function$;

CREATE OR REPLACE FUNCTION app.identity(OUT session_id uuid, OUT organization_id uuid, OUT person_id uuid, OUT employed boolean, OUT scopes text[])
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select * from app.live_session()
$function$;

CREATE OR REPLACE FUNCTION app.import_add(import uuid, lines integer[], external_ids text[], emails text[], names text[], titles text[], departments text[], locations text[], manager_external_ids text[], hired date[], gone date[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if app.import_organization() is null then
    raise exception 'not permitted to import' using errcode = 'insufficient_privilege';
  end if;
  perform app.add_import_rows(import, app.import_organization(), lines, external_ids, emails, names, titles, departments, locations,
                              manager_external_ids, hired, gone);
end $function$;

CREATE OR REPLACE FUNCTION app.import_begin()
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if app.import_organization() is null then
    raise exception 'not permitted to import' using errcode = 'insufficient_privilege';
  end if;
  return app.begin_import(app.import_organization());
end $function$;

CREATE OR REPLACE FUNCTION app.import_climb()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
 SET work_mem TO '64MB'
AS $function$
begin
  for _ in 0 .. (select ceil(log(2, count(*) + 2))::integer from import_climb) loop
    delete from import_climb c where not exists (select 1 from import_climb up where up.id = c.at_id);
    exit when not exists (select 1 from import_climb);
    update import_climb c set at_id = up.at_id from import_climb up where up.id = c.at_id;
  end loop;
end $function$;

CREATE OR REPLACE FUNCTION app.import_cycles(import uuid, organization uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
 SET work_mem TO '64MB'
AS $function$
declare
  cycles uuid[];
begin
  -- If every manager is in the file, nobody outside of it can be part of a cycle with people in it.
  if not exists (select 1 from import_row r where r.import_id = import and r.line_manager_id is not null and not r.manager_in_file) then
    return '{}';
  end if;
  create temp table import_climb on commit drop as
    select r.person_id as id, r.line_manager_id as at_id
    from import_row r where r.import_id = import and r.line_manager_id is not null
    union all
    select l.report_id, l.manager_id from reporting_line l
    where l.organization_id = organization and l.kind = 'PRIMARY'
      and l.starts_at <= now() and (l.ends_at is null or l.ends_at > now())
      and not exists (select 1 from import_row r where r.import_id = import and r.person_id = l.report_id);
  perform app.import_climb();
  select coalesce(array_agg(distinct at_id), '{}') into cycles from import_climb;
  drop table import_climb;
  return cycles;
end $function$;

CREATE OR REPLACE FUNCTION app.import_directory_errors(import uuid, organization uuid, similar_ids_allowed boolean, sees_future boolean, OUT total integer, OUT list jsonb)
 RETURNS record
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
 SET work_mem TO '64MB'
AS $function$
  with file as (select * from import_row where import_id = import),
  unknown_manager as (
    select line, manager_external_id, id_twin_key(manager_key) as key
    from file where manager_external_id is not null and manager_id is null
  ),
  -- External ids that nobody in the directory has in the same spelling.
  new_id as (
    select f.line, f.external_id, id_twin_key(f.id_key) as key
    from file f
    where f.external_id is not null and not similar_ids_allowed
      and not exists (select 1 from person p where p.organization_id = organization and p.external_id = f.external_id)
  ),
  -- The people in the directory with similar ids: of each key the first.
  known_id as (
    select distinct on (p.key) p.key, p.external_id, p.name
    from (
      select p.external_id, p.name, id_twin_key(p.external_id) as key from person p
      where p.organization_id = organization and p.external_id is not null
        and (exists (select 1 from new_id) or exists (select 1 from unknown_manager))
    ) p
    where p.key in (select key from new_id union all select key from unknown_manager)
    order by p.key, p.external_id
  ),
  known_in_file as (
    select distinct on (f.key) f.key, f.external_id, f.line
    from (select external_id, line, id_twin_key(id_key) as key from file where exists (select 1 from unknown_manager)) f
    where f.key in (select key from unknown_manager)
    order by f.key, f.line
  ),
  -- Who administers the organization with an open account, and the last day of each after the import.
  administrator as (
    select f.line, f.end_differs, f.new_end, e.ended_on as old_end, e.ended_at as old_end_at, case when f.line is null then e.ended_on else f.new_end end as ended_on
    from role_grant r
    join account a on a.person_id = r.person_id and a.disabled_at is null
    left join employment_end e on e.person_id = r.person_id
    left join file f on f.person_id = r.person_id
    where r.organization_id = organization and r.role = 'ORGANIZATION_ADMIN'
  ),
  error (line, at_column, message) as (
    select f.line, 'email', format('"%s" is the address of %s, who is not in the file.', f.email, p.name)
    from file f
    join person p on p.organization_id = organization and folded_address(p.email) = f.email_key and p.id <> f.person_id
    where not exists (select 1 from file o where o.person_id = p.id)
    union all
    select n.line, 'external_id', format('"%s" is similar to "%s" of %s in the directory: probably one person twice. Correct it, or allow similar IDs.',
      n.external_id, k.external_id, k.name)
    from new_id n join known_id k using (key)
    union all
    select u.line, 'manager_external_id', format('"%s" is not an external ID of a person in the file or the directory%s.', u.manager_external_id,
      case when f.line is not null then format('; "%s" in line %s is similar', f.external_id, f.line)
        when k.key is not null then format('; "%s" of %s is similar', k.external_id, k.name) else '' end)
    from unknown_manager u left join known_in_file f using (key) left join known_id k using (key)
    union all
    select line, 'hired_on', format('must not be after the last day, %s.', new_end)
    from file where sees_future and left_on is null and hired_on > new_end
    union all
    select line, 'left_on', 'would leave the organization without an ORGANIZATION_ADMIN: grant the role to another person first.'
    from administrator
    where end_differs and new_end is not null and (old_end is null or (old_end_at > now() and new_end < old_end))
      and not exists (select 1 from administrator other where other.ended_on is null)
  )
  select (select count(*) from error)::integer,
         (select coalesce(jsonb_agg(jsonb_build_object('line', line, 'column', at_column, 'message', message) order by line, at_column), '[]')
          from (select * from error order by line, at_column limit 1000) e)
$function$;

CREATE OR REPLACE FUNCTION app.import_file_cycles(import uuid, today date)
 RETURNS integer[]
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
 SET work_mem TO '64MB'
AS $function$
declare
  cycles integer[];
begin
  create temp table import_climb on commit drop as
    select r.line as id, m.line as at_id
    from import_row r join import_row m on m.import_id = import and m.id_key = r.manager_key
    where r.import_id = import and (r.left_on is null or r.left_on >= today) and (m.left_on is null or m.left_on >= today);
  perform app.import_climb();
  select coalesce(array_agg(distinct at_id), '{}') into cycles from import_climb;
  drop table import_climb;
  return cycles;
end $function$;

CREATE OR REPLACE FUNCTION app.import_file_errors(import uuid, similar_ids_allowed boolean, OUT total integer, OUT list jsonb)
 RETURNS record
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
 SET work_mem TO '64MB'
AS $function$
  with file as (select * from import_row where import_id = import),
  error (line, at_column, message) as (
    select line, 'external_id', format('"%s" is also in line %s%s.', external_id, first_line,
      case when external_id <> first_id then format(', as "%s"', first_id) else '' end)
    from (
      select line, external_id, first_value(external_id) over same as first_id, first_value(line) over same as first_line
      from file where external_id is not null
      window same as (partition by id_key collate "C" order by line)
    ) f
    where line > first_line
    union all
    select line, 'external_id', format('"%s" is similar to "%s" in line %s: probably one person twice. Correct one of them, or allow similar IDs.',
      external_id, first_id, first_line)
    from (
      select line, external_id, id_key, first_value(external_id) over same as first_id, first_value(id_key) over same as first_key,
             first_value(line) over same as first_line
      from file where external_id is not null and not similar_ids_allowed
      window same as (partition by id_twin_key(id_key) collate "C" order by line)
    ) f
    where id_key <> first_key
    union all
    select line, 'email', format('"%s" is also in line %s.', email, first_line)
    from (select *, min(line) over (partition by email_key collate "C") as first_line from file where email is not null) f
    where line > first_line
    union all
    select line, 'manager_external_id', 'must not be the external_id of the same row.'
    from file where manager_key = id_key
  )
  select (select count(*) from error)::integer,
         (select coalesce(jsonb_agg(jsonb_build_object('line', line, 'column', at_column, 'message', message) order by line, at_column), '[]')
          from (select * from error order by line, at_column limit 1000) e)
$function$;

CREATE OR REPLACE FUNCTION app.import_finish(import uuid, dry_run boolean, similar_ids_allowed boolean, row_count integer, bad jsonb, bad_count integer)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  viewer record;
begin
  -- Rows come from app.import_add, so an import of another organization has none here.
  if app.import_organization() is null or exists (
    select 1 from import_row r where r.import_id = import and r.organization_id <> app.import_organization()
  ) then
    raise exception 'not permitted to import' using errcode = 'insufficient_privilege';
  end if;
  select * into viewer from app.identity();
  return app.finish_import(
    import, viewer.organization_id, viewer.person_id,
    case when viewer.person_id is null then viewer.session_id end,
    case when viewer.person_id is not null then 'EVERYTHING'
         when 'DIRECTORY_READ' = any (viewer.scopes) then 'PRESENT'
         else 'NOTHING' end,
    dry_run, similar_ids_allowed, row_count, bad, bad_count
  );
end $function$;

CREATE OR REPLACE FUNCTION app.import_goals(goals jsonb, OUT imported uuid[], OUT already_there uuid[])
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  me uuid := app.viewer();
  home uuid := app.organization();
begin
  if me is null then
    raise exception 'sign in to import goals' using errcode = 'MU050';
  end if;
  with given as materialized (
    select md5(concat_ws(' ', 'imported goal', me, g.value ->> 'id'))::uuid as id, own.id as own_id, g.place, g.value as goal,
      (g.value ->> 'createdAt')::timestamptz
        + row_number() over (partition by g.value ->> 'createdAt' order by g.place) * interval '1 microsecond' as created_at
    from jsonb_array_elements(import_goals.goals) with ordinality g (value, place)
    left join personal_goal own on own.id = (g.value ->> 'id')::uuid and own.owner_id = me
  ), added as (
    insert into personal_goal (
      id, organization_id, owner_id, title, why, horizon, target_on, status, measure_unit, measure_start, measure_current, measure_target
    )
    select n.id, home, me, goal ->> 'title', goal ->> 'why', goal ->> 'horizon', (goal ->> 'targetOn')::date, goal ->> 'status',
      goal #>> '{measure,unit}', (goal #>> '{measure,start}')::double precision,
      (goal #>> '{measure,current}')::double precision, (goal #>> '{measure,target}')::double precision
    from given n where n.own_id is null
    on conflict (id) do nothing
    returning id
  ), own as (
    insert into personal_goal_own (goal_id, organization_id, owner_id, area, version, created_at, updated_at)
    select n.id, home, me, n.goal ->> 'area', (n.goal ->> 'version')::integer, n.created_at, (n.goal ->> 'updatedAt')::timestamptz
    from given n join added a on a.id = n.id
  ), wordings as (
    insert into personal_goal_version (goal_id, version, organization_id, owner_id, title, why, at)
    select n.id, (w ->> 'version')::integer, home, me, w ->> 'title', w ->> 'why', (w ->> 'at')::timestamptz
    from given n join added a on a.id = n.id cross join lateral jsonb_array_elements(n.goal -> 'history') w
  ), steps as (
    insert into milestone (organization_id, goal_id, owner_id, title, position, reached_on, reached_at)
    select home, n.id, me, m.value ->> 'title', m.place, (m.value ->> 'reachedOn')::date,
      case when m.value ->> 'reachedOn' is not null then now() end
    from given n join added a on a.id = n.id
    cross join lateral jsonb_array_elements(n.goal -> 'milestones') with ordinality m (value, place)
  ), written as (
    insert into goal_update (organization_id, goal_id, author_id, text, measured_value, at)
    select home, n.id, me, u.value ->> 'text', (u.value ->> 'measuredValue')::double precision,
      (u.value ->> 'at')::timestamptz
        + (row_number() over (partition by n.id, u.value ->> 'at' order by u.place) % 1000) * interval '1 microsecond'
    from given n join added a on a.id = n.id
    cross join lateral jsonb_array_elements(n.goal -> 'updates') with ordinality u (value, place)
  )
  select coalesce(array_agg(n.id order by n.place) filter (where a.id is not null), '{}'),
    coalesce(array_agg(coalesce(n.own_id, n.id) order by n.place) filter (where a.id is null), '{}')
  into imported, already_there
  from given n left join added a on a.id = n.id;
end $function$;

CREATE OR REPLACE FUNCTION app.import_managers_changed_outside(import uuid, organization uuid, today date)
 RETURNS bigint
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
 SET work_mem TO '64MB'
AS $function$
  select count(*)
  from reporting_line l
  join import_row m on m.import_id = import and m.person_id = l.manager_id and m.end_differs
  where l.organization_id = organization and l.kind = 'PRIMARY' and l.starts_at <= now()
    and case when l.ends_at is null or l.ends_at > now() then m.left_on < today
      else l.leaver_id = l.manager_id and (l.closed_on is null or l.closed_on > today)
        and (m.new_end is null or m.new_end >= today) end
    and not exists (select 1 from import_row r where r.import_id = import and r.person_id = l.report_id)
    and not exists (select 1 from employment_end e where e.person_id = l.report_id and e.ended_at <= now())
$function$;

CREATE OR REPLACE FUNCTION app.import_organization()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select i.organization_id from app.live_session() i
  where (
      i.employed
      and exists (select 1 from role_grant r where r.person_id = i.person_id and r.role = 'PEOPLE_ADMIN')
    )
    or 'DIRECTORY_WRITE' = any (i.scopes)
$function$;

CREATE OR REPLACE FUNCTION app.invitable(person_ids uuid[], OUT person_id uuid, OUT address text, OUT name text, OUT problem text)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select p.id, p.email, p.name,
    case
      when exists (select 1 from account a where a.person_id = p.id) then 'HAS_ACCOUNT'
      when exists (select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now()) then 'HAS_LEFT'
      when p.email is null then 'NO_EMAIL'
    end
  from person p
  where p.id = any (person_ids) and p.organization_id = app.organization_as('PEOPLE_ADMIN')
$function$;

CREATE OR REPLACE FUNCTION app.invitation_link(link_hash bytea, OUT address text, OUT context text[])
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select i.address, i.address || app.password_context(i.person_id)
  from invitation i join person p on p.id = i.person_id
  where i.token_hash = link_hash and i.accepted_at is null and i.expires_at > now()
    and folded_address(i.address) = folded_address(p.email)
    and not exists (select 1 from account a where a.person_id = i.person_id)
    and not exists (select 1 from employment_end e where e.person_id = i.person_id and e.ended_at <= now())
$function$;

CREATE OR REPLACE FUNCTION app.invite(person_ids uuid[])
 RETURNS TABLE(id uuid, person_id uuid, address text, sent_at timestamp with time zone, expires_at timestamp with time zone)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
#variable_conflict use_column
begin
  -- Locks the people, so that none of them accepts an invitation or is invited by another transaction meanwhile.
  perform 1 from person p
  where p.id = any (person_ids) and p.organization_id = app.organization_as('PEOPLE_ADMIN')
  order by p.id for no key update;
  delete from invitation i using app.invitable(person_ids) c
  where i.person_id = c.person_id and c.problem is null and i.accepted_at is null;
  return query
    with invited as (
      insert into invitation (organization_id, person_id, address, sent_by)
      select app.organization_as('PEOPLE_ADMIN'), c.person_id, c.address, app.viewer()
      from app.invitable(person_ids) c where c.problem is null
      returning *
    ), mail as (
      insert into outbox_mail (organization_id, kind, recipient, person_id, about)
      select i.organization_id, 'INVITATION', i.address, i.person_id,
             jsonb_build_object('invitationId', i.id, 'name', p.name, 'organization', o.name, 'purpose', o.purpose)
      from invited i join person p on p.id = i.person_id join organization o on o.id = i.organization_id
    )
    select i.id, i.person_id, i.address, i.sent_at, i.expires_at from invited i;
end $function$;

CREATE OR REPLACE FUNCTION app.is_feedback_offered(offered boolean, offered_in xid8)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN (offered AND COALESCE((offered_in <> pg_current_xact_id_if_assigned()), true));

CREATE OR REPLACE FUNCTION app.is_known_device(address text, token_hash bytea)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select exists (
    select from session s join account a on a.person_id = s.person_id
    where s.token_hash = is_known_device.token_hash and folded_address(a.sign_in_address) = folded_address(address)
      and s.created_at >= a.password_changed_at
  )
$function$;

CREATE OR REPLACE FUNCTION app.is_open_one_to_one(pair one_to_one)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select pair.state = 'OPEN' and not exists (
    select from employment_end e where e.person_id in (pair.first_id, pair.second_id) and e.ended_at <= now()
  )
$function$;

CREATE OR REPLACE FUNCTION app.is_own_open_point(of_point uuid)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select exists (
    select 1 from talking_point t
    where t.id = of_point and t.author_id = app.viewer() and t.one_to_one_id = any (app.open_one_to_one_ids())
  )
$function$;

CREATE OR REPLACE FUNCTION app.is_paused(pair one_to_one)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select coalesce(pair.pause_ends_at > now(), false)
$function$;

CREATE OR REPLACE FUNCTION app.is_refusable(owner_id uuid, created_by_id uuid, due_set_by_owner boolean, late_at timestamp with time zone, created_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN ((owner_id <> created_by_id) AND (NOT due_set_by_owner) AND ((NOT app.has_passed(late_at)) OR (created_at > (now() - '7 days'::interval))));

CREATE OR REPLACE FUNCTION app.is_settled(period engagement_period)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select period.ends_at <= now() - interval '7 days'
$function$;

CREATE OR REPLACE FUNCTION app.keyed_hash(message bytea)
 RETURNS bytea
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select sha256(s.outer_key || sha256(s.inner_key || message)) from installation_secret s
$function$;

CREATE OR REPLACE FUNCTION app.last_author_of_item(item uuid, made_by uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select coalesce((
    select v.author_id from action_item_version v where v.item_id = item order by v.version desc limit 1
  ), made_by)
$function$;

CREATE OR REPLACE FUNCTION app.last_waiting_position(of_one_to_one uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select coalesce(max(t.position), 0) from talking_point t where t.one_to_one_id = of_one_to_one and t.conversation_id is null
$function$;

CREATE OR REPLACE FUNCTION app.leaver_account_corrected()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform app.revoke_tokens_of(e.person_id, true) from earlier e
  where e.ended_at <= now()
    and exists (select 1 from session s where s.organization_id = e.organization_id and s.person_id is null
                and s.created_by = e.person_id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.leaver_account_written()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform app.revoke_tokens_of(c.person_id, true) from changed c
  where c.ended_at <= now()
    and exists (select 1 from session s where s.organization_id = c.organization_id and s.person_id is null
                and s.created_by = c.person_id);
  if tg_op = 'INSERT' then
    perform app.require_administrator(o.organization_id) from (
      select distinct c.organization_id
      from changed c
      join role_grant r on r.person_id = c.person_id and r.role = 'ORGANIZATION_ADMIN'
      join account a on a.person_id = c.person_id and a.disabled_at is null
      order by 1
    ) o;
  else
    perform app.require_administrator(o.organization_id) from (
      select distinct c.organization_id
      from changed c
      join earlier e on e.person_id = c.person_id and e.ended_at > now() and c.ended_on < e.ended_on
      join role_grant r on r.person_id = c.person_id and r.role = 'ORGANIZATION_ADMIN'
      join account a on a.person_id = c.person_id and a.disabled_at is null
      order by 1
    ) o;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.line_end(l reporting_line, OUT ends_on date, OUT leaver_id uuid)
 RETURNS record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select case when leaving.ends_on < coalesce(l.closed_on, 'infinity') then leaving.ends_on else l.closed_on end,
         case when leaving.ends_on < coalesce(l.closed_on, 'infinity') then leaving.person_id end
  from (select) one
  left join lateral (
    select e.person_id, greatest(e.ended_on + 1, l.starts_on) as ends_on from employment_end e
    where e.person_id in (l.report_id, l.manager_id)
    order by e.ended_on, e.person_id = l.report_id desc limit 1
  ) leaving on true
$function$;

CREATE OR REPLACE FUNCTION app.lines_of_author(notes uuid, author uuid)
 RETURNS text[]
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select coalesce(array_agg(line.words order by line.place), '{}')
  from shared_notes n
  cross join lateral string_to_table(n.text, E'\n') with ordinality as line (words, place)
  join app.authors_of_lines(notes) w on w.words = app.words_of_line(line.words)
  where n.id = notes and w.author_id = author and w.words not in ('', app.removed_words())
$function$;

CREATE OR REPLACE FUNCTION app.link_mail(mail_id uuid, link_hash bytea)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  mail outbox_mail;
  send_to text;
begin
  select m.* into mail from outbox_mail m where m.id = mail_id for update;
  case mail.kind
    when 'PASSWORD_RESET' then
      with found_account as (
        select a.* from account a where folded_address(a.sign_in_address) = folded_address(mail.recipient) and app.account_is_open(a)
          and not app.address_has_passed_on(a)
          -- SQL injected into the API could queue any number of these.
          and 10 > (select count(*) from password_reset r where r.person_id = a.person_id and r.created_at > now() - interval '1 hour')
      ), link as (
        insert into password_reset (organization_id, person_id, token_hash)
        select a.organization_id, a.person_id, link_hash from found_account a
      )
      select a.sign_in_address into send_to from found_account a;
    when 'INVITATION' then
      update invitation i set token_hash = link_hash
      where i.id = (mail.about ->> 'invitationId')::uuid and i.accepted_at is null and i.expires_at > now()
      returning i.address into send_to;
    when 'ADDRESS_CHANGE_OLD' then
      update address_change c set old_token_hash = link_hash
      where c.person_id = mail.person_id and c.requested_at = mail.created_at and c.old_confirmed_at is null
      returning mail.recipient into send_to;
    when 'ADDRESS_CHANGE_NEW' then
      update address_change c set new_token_hash = link_hash
      where c.person_id = mail.person_id and c.requested_at = mail.created_at and c.new_confirmed_at is null
      returning mail.recipient into send_to;
    else
      null;
  end case;
  if send_to is null then
    delete from outbox_mail m where m.id = mail_id;
  end if;
  return send_to;
end $function$;

CREATE OR REPLACE FUNCTION app.live_session(OUT session_id uuid, OUT organization_id uuid, OUT person_id uuid, OUT employed boolean, OUT scopes text[])
 RETURNS SETOF record
 LANGUAGE sql
 STABLE ROWS 1
AS $function$
  select * from app.live_session_of(decode(nullif(current_setting('app.session', true), ''), 'hex'))
$function$;

CREATE OR REPLACE FUNCTION app.live_session_of(of_hash bytea, OUT session_id uuid, OUT organization_id uuid, OUT person_id uuid, OUT employed boolean, OUT scopes text[])
 RETURNS SETOF record
 LANGUAGE sql
 STABLE ROWS 1
AS $function$
  select s.id, s.organization_id, s.person_id,
         s.person_id is not null and (e.ended_at is null or e.ended_at > clock_timestamp()),
         s.scopes
  from session s
  left join account a on a.person_id = s.person_id
  left join employment_end e on e.person_id = s.person_id
  where s.token_hash = of_hash
    and s.revoked_at is null
    and s.expires_at > clock_timestamp()
    and (s.person_id is null or s.last_seen_at > clock_timestamp() - interval '16 days')
    and (a.disabled_at is null or e.ended_at <= clock_timestamp())
    and (e.access_until is null or e.access_until > clock_timestamp())
    and (s.person_id is not null or app.can_grant_scopes(s.created_by, s.scopes))
$function$;

CREATE OR REPLACE FUNCTION app.lock_directory_for_import(organization uuid)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select pg_advisory_xact_lock(hashtextextended('people:' || organization, 0))
$function$;

CREATE OR REPLACE FUNCTION app.mail_sent(mail_id uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  delete from outbox_mail where id = mail_id
$function$;

CREATE OR REPLACE FUNCTION app.mandate_after_write()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'INSERT' then
    insert into mandate_own (mandate_id, organization_id, granted_by_id, to_id)
    values (new.id, new.organization_id, new.granted_by_id, new.to_id);
  elsif (new.text, new.last_day) is distinct from (old.text, old.last_day) then
    update mandate_own set version = version + 1, publication_asked_by_id = null,
      text_by_id = case when new.text = old.text then text_by_id end
    where mandate_id = new.id;
  elsif old.published and not new.published then
    update mandate_own set publication_asked_by_id = null where mandate_id = new.id;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.mandate_derive()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'INSERT' or new.last_day is distinct from old.last_day then
    new.expires_at := case when new.last_day is not null then (
      select app.end_of_day(new.last_day, app.usable_time_zone(z.time_zone, o.time_zone))
      from person p join organization o on o.id = p.organization_id
      left join person_time_zone z on z.person_id = p.id
      where p.id = new.to_id
    ) end;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.mandate_ended_at(ended_at timestamp with time zone, expires_at timestamp with time zone, line_id uuid)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
RETURN (SELECT min(e.at) AS min FROM (SELECT mandate_ended_at.ended_at AS at UNION ALL SELECT mandate_ended_at.expires_at AS expires_at UNION ALL SELECT l.ends_at FROM reporting_line_end l WHERE (l.line_id = mandate_ended_at.line_id)) e WHERE (e.at <= now()));

CREATE OR REPLACE FUNCTION app.mandate_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  is_changed boolean := tg_op = 'INSERT' or (new.text, new.last_day) is distinct from (old.text, old.last_day);
begin
  if tg_op = 'UPDATE' then
    if app.mandate_ended_at(old.ended_at, old.expires_at, old.line_id) is not null then
      raise exception 'a mandate that has ended cannot be changed' using errcode = 'MU130';
    end if;
    if is_changed and old.granted_by_id <> app.viewer() then
      raise exception 'only the manager who granted a mandate changes it' using errcode = 'MU131';
    end if;
    -- Both agreed to the text as it was.
    if is_changed then
      new.published := false;
    end if;
    if new.published and not old.published and not exists (
      select 1 from mandate_own o where o.mandate_id = new.id and o.publication_asked_by_id <> app.viewer()
    ) then
      raise exception 'publishing a mandate needs both people' using errcode = 'MU132';
    end if;
    new.ended_at := case when new.ended_at is not null then now() end;
  -- What the policy refuses gets the policy's error, whatever the last day.
  elsif new.line_id is distinct from app.open_line_of_report(new.to_id) then
    return new;
  end if;
  if is_changed and app.has_passed(new.expires_at) then
    raise exception 'a mandate must not end in the past' using errcode = 'MU133';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.match_import_rows(import uuid, organization uuid)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
 SET work_mem TO '64MB'
AS $function$
  with known as materialized (
    select p.id, folded_id(p.external_id) as id_key, case when p.external_id is null then folded_address(p.email) end as email_key
    from person p where p.organization_id = organization
  ),
  -- Names are folded once each, not once per row.
  known_department as (
    select n.name, d.id
    from (select distinct department as name from import_row where import_id = import) n
    join department d on d.organization_id = organization and folded_name(d.name) = folded_name(n.name)
  ),
  known_location as (
    select n.name, o.id
    from (select distinct location as name from import_row where import_id = import) n
    join location o on o.organization_id = organization and folded_name(o.name) = folded_name(n.name)
  )
  update import_row r
  set person_id = coalesce(by_id.id, by_email.id, uuidv7()), is_new = coalesce(by_id.id, by_email.id) is null,
      manager_id = manager.id, department_id = d.id, location_id = l.id
  from import_row o
  left join known by_id on by_id.id_key = o.id_key
  left join known by_email on by_email.email_key = o.email_key
  left join known manager on manager.id_key = o.manager_key
  left join known_department d on d.name = o.department
  left join known_location l on l.name = o.location
  where r.import_id = import and o.import_id = import and o.line = r.line
$function$;

CREATE OR REPLACE FUNCTION app.move_waiting_points(of_one_to_one uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with placed as (
    select t.id, t.conversation_id as from_id, target.id as to_id,
      row_number() over (partition by target.id order by t.conversation_id nulls first, t.position, t.id) + coalesce((
        select max(there.position) from talking_point there where there.conversation_id = target.id
      ), 0) as position
    from talking_point t
    left join conversation present on present.id = t.conversation_id
    cross join lateral (
      select c.id, c.scheduled_at from conversation c
      where c.one_to_one_id = of_one_to_one and c.status = 'PLANNED' and c.off_the_record_by_id is null
        and c.scheduled_at > coalesce((
          select max(past.scheduled_at) from talking_point_carry k join conversation past on past.id = k.from_id
          where k.point_id = t.id and k.postponed and past.status = 'PLANNED'
        ), '-infinity')
      order by c.scheduled_at, c.id limit 1
    ) target
    where t.one_to_one_id = of_one_to_one
      and (
        t.conversation_id is null
        or t.standing and not t.discussed and present.status = 'PLANNED'
          and (target.scheduled_at, target.id) < (present.scheduled_at, present.id)
      )
  ), carried as (
    update talking_point_carry k set to_id = placed.to_id
    from placed where k.point_id = placed.id and k.to_id is not distinct from placed.from_id
  )
  update talking_point t set conversation_id = placed.to_id, position = placed.position from placed where t.id = placed.id
$function$;

CREATE OR REPLACE FUNCTION app.notes_import_before_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  delete from notes_import n
  where n.one_to_one_id = new.one_to_one_id and n.one_to_one_id = any (app.open_one_to_one_ids())
    and n.accepted_at is null and n.proposed_at <= now() - interval '30 days';
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.offered_handover_ids()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array(
    select h.line_id from handover h
    where h.to_id = (select app.viewer())
      and exists (select 1 from handover_offer o where o.line_id = h.line_id)
      and app.open_line_of_report(h.person_id) is not null
  )
$function$;

CREATE OR REPLACE FUNCTION app.one_to_one_after_open()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  update talking_point t set one_to_one_id = new.id, position = placed.position
  from (
    select p.id, row_number() over (order by former.ended_at, p.position, p.id) as position
    from talking_point p join one_to_one former on former.id = p.one_to_one_id
    where former.first_id = new.first_id and former.second_id = new.second_id and former.state = 'ENDED'
      and p.conversation_id is null and (not p.discussed or p.standing)
  ) placed
  where t.id = placed.id;
  update action_item i set one_to_one_id = new.id
  from one_to_one former
  where former.id = i.one_to_one_id and i.state = 'OPEN'
    and former.first_id = new.first_id and former.second_id = new.second_id and former.state = 'ENDED';
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.one_to_one_after_pause()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  update action_item i
  set late_at = greatest(
    i.due_at,
    new.pause_ends_at,
    case when old.pause_ends_at > now() then app.end_of_day(
      (now() at time zone app.usable_time_zone(new.time_zone))::date + 1, app.usable_time_zone(new.time_zone)
    ) end
  )
  where i.one_to_one_id = new.id and i.state = 'OPEN' and i.late_at > now();
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.one_to_one_ended_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if old.state <> 'INVITED' and old.id = any (app.one_to_one_ids()) and old.id <> all (app.open_one_to_one_ids()) then
    raise exception 'a one-to-one that has ended cannot be changed' using errcode = 'MU021';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.one_to_one_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'INSERT' then
    delete from one_to_one
    where first_id = new.first_id and second_id = new.second_id and new.started_by_id = app.viewer()
      and app.viewer() in (new.first_id, new.second_id)
      and state = 'INVITED' and invited_at <= now() - interval '30 days';
    return new;
  end if;
  if old.state = 'INVITED' and new.state = 'OPEN' then
    if app.viewer() = old.started_by_id and app.open_line_id(new.first_id, new.second_id) is null then
      raise exception 'only the invited person can accept an invitation' using errcode = 'MU020';
    end if;
    delete from one_to_one_decline d where d.one_to_one_id = new.id;
  end if;
  if old.state = 'ENDED' and new.state <> 'ENDED' or old.state = 'OPEN' and new.state = 'INVITED'
    or old.state = 'INVITED' and new.state = 'ENDED' then
    raise exception 'the state of a one-to-one cannot change in this way' using errcode = 'MU021';
  end if;
  if new.line_id is distinct from old.line_id
    and new.line_id is distinct from app.open_line_id(new.first_id, new.second_id) then
    raise exception 'not the open reporting line of the participants' using errcode = 'MU022';
  end if;
  if new.state = 'ENDED' then
    new.paused_until := null;
  end if;
  if new.paused_until is distinct from old.paused_until then
    new.pause_ends_at := app.end_of_day(new.paused_until, app.usable_time_zone(new.time_zone));
    if new.paused_until is not null
      and (new.state <> 'OPEN' or app.has_passed(new.pause_ends_at) or new.pause_ends_at > now() + interval '367 days') then
      raise exception 'a one-to-one cannot be paused in this way' using errcode = 'MU120';
    end if;
    -- A pause that is moved while it lasts is the same pause.
    new.pause_began_at := case when new.paused_until is null or old.pause_over_at > now() then old.pause_began_at else now() end;
    new.pause_over_at := coalesce(new.pause_ends_at, least(old.pause_over_at, now()));
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.one_to_one_ids()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array(
    select o.id from app.live_session() i join one_to_one o on o.first_id = i.person_id or o.second_id = i.person_id
    where i.employed
      and (
        o.state <> 'INVITED'
        or (
          o.invited_at > now() - interval '30 days' and o.id <> all ((select app.declined_one_to_one_ids())::uuid[])
        )
      )
  )
$function$;

CREATE OR REPLACE FUNCTION app.one_to_one_invited()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  insert into outbox_mail (organization_id, kind, recipient, person_id, about)
  select new.organization_id, 'ONE_TO_ONE_INVITATION', a.sign_in_address, a.person_id, jsonb_build_object('name', p.name)
  from account a join person p on p.id = new.started_by_id
  where a.person_id = case when new.started_by_id = new.first_id then new.second_id else new.first_id end
    and a.disabled_at is null;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.one_to_ones_to_plan(after_id uuid, at_most integer)
 RETURNS TABLE(id uuid, recurrence text, starts_at timestamp with time zone, time_zone text, taken timestamp with time zone[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select o.id, o.recurrence, o.recurrence_starts_at, o.time_zone, array(
    select moment.at from conversation c cross join unnest(array[c.series_at, c.scheduled_at]) moment (at)
    where c.one_to_one_id = o.id and moment.at > now()
  )
  from one_to_one o join reporting_line l on l.id = o.line_id
  where (after_id is null or o.id > after_id)
    and o.recurrence is not null and o.state = 'OPEN' and not app.is_paused(o)
    and not exists (select from employment_end e where e.person_id = o.first_id and e.ended_at <= now())
    and not exists (select from employment_end e where e.person_id = o.second_id and e.ended_at <= now())
    and l.starts_at <= now() and (l.ends_at is null or l.ends_at > now())
    and not exists (
      select from conversation c
      where c.one_to_one_id = o.id and c.status = 'PLANNED' and c.series_at is not null and c.scheduled_at > now()
    )
  order by o.id limit at_most
$function$;

CREATE OR REPLACE FUNCTION app.open_line_id(one_id uuid, other_id uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select l.id from reporting_line l
  where app.viewer() in (one_id, other_id)
    and ((l.report_id = one_id and l.manager_id = other_id) or (l.report_id = other_id and l.manager_id = one_id))
    and l.starts_at <= now() and (l.ends_at is null or now() < l.ends_at)
  order by l.kind desc, l.starts_on
  limit 1
$function$;

CREATE OR REPLACE FUNCTION app.open_line_of_report(report_id uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select l.id from reporting_line l
  where l.report_id = open_line_of_report.report_id and l.manager_id = app.viewer()
    and l.starts_at <= now() and (l.ends_at is null or now() < l.ends_at)
  order by l.kind desc, l.starts_on
  limit 1
$function$;

CREATE OR REPLACE FUNCTION app.open_one_to_one_ids()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array(
    select o.id from app.live_session() i join one_to_one o on o.first_id = i.person_id or o.second_id = i.person_id
    where i.employed
      and o.state = 'OPEN'
      and not exists (
        select 1 from employment_end e where e.person_id in (o.first_id, o.second_id) and e.ended_at <= now()
      )
  )
$function$;

CREATE OR REPLACE FUNCTION app.open_period(of_organization uuid, month date, monthly jsonb, quarterly jsonb)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  o organization;
  quarter engagement_period;
  period engagement_period;
begin
  perform pg_advisory_xact_lock(hashtextextended('period:' || of_organization, 0));
  -- Nobody changes the directory meanwhile.
  perform pg_advisory_xact_lock(hashtextextended('people:' || of_organization, 0));
  select x.* into o from organization x where x.id = of_organization;
  if not found or date_trunc('month', app.today_in(o.id))::date is distinct from month
    or exists (select from engagement_period p where p.organization_id = o.id and p.granularity = 'MONTH' and p.starts_on >= month) then
    return false;
  end if;
  select p.* into quarter from engagement_period p
  where p.organization_id = o.id and p.granularity = 'QUARTER' and p.starts_on = date_trunc('quarter', month)::date;
  if not found then
    quarter := app.add_period(o.id, null, date_trunc('quarter', month)::date);
  end if;
  period := app.add_period(o.id, quarter.id, month);
  if o.pulse_rhythm = 'QUARTERLY' and quarter.ends_at >= now() + interval '14 days'
    and not exists (select from pulse p where p.quarter_id = quarter.id) then
    perform app.announce_pulse(app.open_pulse(quarter, quarterly));
  elsif o.pulse_rhythm = 'MONTHLY' and period.ends_at >= now() + interval '14 days'
    and not exists (select from pulse p where p.period_id = quarter.id) then
    perform app.announce_pulse(app.open_pulse(period, monthly));
  end if;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION app.open_pulse(period engagement_period, questions jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  quarter uuid := coalesce(period.quarter_id, period.id);
  opened uuid;
begin
  -- In random order, for everybody: no row tells who answers.
  insert into pulse_respondent (organization_id, person_id)
  select m.organization_id, m.person_id from period_member m
  where m.period_id = period.id and not exists (select from pulse_respondent r where r.person_id = m.person_id)
  order by random();
  -- Somebody who was asked earlier in the quarter and has no pseudonym was erased since. Another one would count them twice.
  insert into pulse_pseudonym (organization_id, quarter_id, person_id, respondent)
  select m.organization_id, quarter, m.person_id, r.respondent
  from period_member m join pulse_respondent r on r.person_id = m.person_id
  where m.period_id = period.id and not exists (
    select from pulse p join period_member e on e.period_id = p.period_id
    where p.quarter_id = quarter and e.person_id = m.person_id
  )
  order by random();

  insert into pulse (organization_id, period_id, quarter_id, closes_at)
  values (period.organization_id, period.id, quarter, period.ends_at)
  returning id into opened;
  insert into pulse_question (pulse_id, position, organization_id, question_id, driver, scale)
  select opened, q.position, period.organization_id, q.value ->> 'id', q.value ->> 'driver', q.value ->> 'scale'
  from jsonb_array_elements(questions) with ordinality q (value, position);
  return opened;
end $function$;

CREATE OR REPLACE FUNCTION app.open_session(for_person uuid, token_hash bytea, label text)
 RETURNS timestamp with time zone
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  insert into session (organization_id, person_id, label, expires_at, token_hash)
  select a.organization_id, a.person_id, left(label, 200), now() + interval '90 days', open_session.token_hash
  from account a where a.person_id = for_person
  returning expires_at
$function$;

CREATE OR REPLACE FUNCTION app.organization()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select organization_id from app.live_session() where employed
$function$;

CREATE OR REPLACE FUNCTION app.organization_as(role text)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select i.organization_id from app.live_session() i
  where i.employed
    and exists (select 1 from role_grant r where r.person_id = i.person_id and r.role = organization_as.role)
$function$;

CREATE OR REPLACE FUNCTION app.organization_minimum_group_size_rises()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  raise exception 'the minimum group size only rises' using errcode = 'MU103';
end $function$;

CREATE OR REPLACE FUNCTION app.organization_of_external_ids()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select i.organization_id from app.identity() i
  where (
      i.employed
      and exists (select 1 from role_grant r where r.person_id = i.person_id and r.role = 'PEOPLE_ADMIN')
    )
    or 'DIRECTORY_READ' = any (i.scopes)
$function$;

CREATE OR REPLACE FUNCTION app.organization_time_zone_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  zone text := app.usable_time_zone(new.time_zone);
begin
  -- Changes of the directory and imports read the zone; they wait for this transaction, and it for them.
  perform pg_advisory_xact_lock(hashtextextended('people:' || new.id, 0));
  update employment_end e
  set last_day_at = case when e.last_day_at > now() then greatest(now(), app.start_of_day(e.ended_on, zone))
                         else e.last_day_at end,
      ended_at = greatest(now(), app.start_of_day(e.ended_on + 1, zone)),
      access_until = app.start_of_day(greatest(e.ended_on, (e.recorded_at at time zone zone)::date) + 91, zone)
  where e.organization_id = new.id and e.ended_at > now();
  update reporting_line l
  set starts_at = case when l.starts_at > now() then greatest(now(), app.start_of_day(l.starts_on, zone))
                       else l.starts_at end,
      closed_at = case when l.closed_at > now() then greatest(now(), app.start_of_day(l.closed_on, zone))
                       else l.closed_at end,
      ends_at = case when l.ends_at > now() then greatest(now(), app.start_of_day(l.ends_on, zone)) else l.ends_at end
  where l.organization_id = new.id and (l.starts_at > now() or l.closed_at > now() or l.ends_at > now());
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.own_address_change(OUT new_address text, OUT requested_at timestamp with time zone, OUT effective_at timestamp with time zone, OUT old_confirmed boolean, OUT new_confirmed boolean)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select c.new_address, c.requested_at, c.effective_at, c.old_confirmed_at is not null, c.new_confirmed_at is not null
  from address_change c
  where c.person_id = app.signed_in_person() and (c.new_confirmed_at is not null or c.requested_at > now() - interval '72 hours')
$function$;

CREATE OR REPLACE FUNCTION app.own_former_managers(OUT line_id uuid, OUT from_id uuid, OUT to_id uuid, OUT opened_on date, OUT ended_at timestamp with time zone)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select distinct on (l.manager_id) l.id, l.manager_id, present.manager_id, ending.on_day, ending.at
  from reporting_line l
  cross join lateral (
    select min(e.ends_on) as on_day, min(e.ends_at) as at from reporting_line_end e where e.line_id = l.id
  ) ending
  left join lateral (
    select p.manager_id from reporting_line p
    where p.report_id = l.report_id and p.kind = 'PRIMARY' and p.starts_at <= now()
      and not exists (select 1 from reporting_line_end e where e.line_id = p.id and e.ends_at <= now())
  ) present on true
  where l.report_id = (select app.viewer()) and l.kind = 'PRIMARY'
    and ending.at <= now() and ending.at > now() - interval '90 days' and ending.on_day > l.starts_on
    and l.manager_id is distinct from present.manager_id
  order by l.manager_id, ending.at desc, l.id
$function$;

CREATE OR REPLACE FUNCTION app.own_password_context()
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select app.password_context(app.signed_in_person())
$function$;

CREATE OR REPLACE FUNCTION app.own_password_parameters()
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select regexp_replace(a.password_hash, '[$][^$]*$', '') from account a where a.person_id = app.signed_in_person()
$function$;

CREATE OR REPLACE FUNCTION app.own_pulses(OUT pulse_id uuid, OUT answered boolean)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with me as (select app.viewer() as id)
  select p.id, coalesce(num_nonnulls(variadic w.scores), num_nonnulls(variadic a.scores), 0) > 0
  from me
  join pulse_pseudonym t on t.person_id = me.id
  join pulse p on p.quarter_id = t.quarter_id
  join period_member m on m.period_id = p.period_id and m.person_id = me.id
  left join pulse_answer_waiting w on w.pulse_id = p.id and w.pseudonym = t.pseudonym
  left join pulse_answer a on a.pulse_id = p.id and a.pseudonym = t.pseudonym
  union all
  select p.id, true
  from me
  join pulse_respondent r on r.person_id = me.id
  join pulse_participation n on n.respondent = r.respondent
  join pulse p on p.period_id = n.period_id
$function$;

CREATE OR REPLACE FUNCTION app.own_share_begins_pending(with_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select coalesce(app.share_begins_pending(app.viewer(), with_id), false)
$function$;

CREATE OR REPLACE FUNCTION app.own_share_state(share_id uuid)
 RETURNS text
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select app.share_state(s) from goal_share s
  where s.id = share_id and (s.owner_id = app.signed_in_person() or s.id = any (app.active_share_ids()))
$function$;

CREATE OR REPLACE FUNCTION app.password_context(of_person uuid)
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array_remove(array[a.sign_in_address, c.new_address, p.email, p.name, o.name], null)
  from person p
  join organization o on o.id = p.organization_id
  left join account a on a.person_id = p.id
  left join address_change c on c.person_id = p.id
  where p.id = of_person
$function$;

CREATE OR REPLACE FUNCTION app.password_parameters(address text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  stored text := (
    select regexp_replace(a.password_hash, '[$][^$]*$', '') from account a
    where folded_address(a.sign_in_address) = folded_address(address) and app.account_is_open(a)
  );
  salt bytea := substr(app.keyed_hash(convert_to('salt ' || folded_address(address), 'UTF8')), 1, 16);
begin
  return coalesce(stored, '$argon2id$v=19$m=19456,t=2,p=1$' || rtrim(encode(salt, 'base64'), '='));
end $function$;

CREATE OR REPLACE FUNCTION app.password_proved(a account, proof text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select sha256(convert_to(a.password_hash, 'UTF8')) = sha256(convert_to(proof, 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION app.password_reset_link(link_hash bytea, OUT address text, OUT context text[])
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select a.sign_in_address, app.password_context(a.person_id)
  from password_reset r join account a on a.person_id = r.person_id
  where r.token_hash = link_hash and r.used_at is null and r.expires_at > now() and app.account_is_open(a)
    and not app.address_has_passed_on(a)
$function$;

CREATE OR REPLACE FUNCTION app.people_of_own_goals()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array(
    select s.with_id from app.live_session() i join goal_share s on s.owner_id = i.person_id where not i.employed
    union
    select a.reader_id from app.live_session() i join goal_access a on a.owner_id = i.person_id where not i.employed
    union
    select a.proposed_by_id from app.live_session() i join alignment a on a.owner_id = i.person_id where not i.employed
  )
$function$;

CREATE OR REPLACE FUNCTION app.people_to_erase(at_most integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select due.person_id from (
    select x.person_id, x.executes_at as at from erasure x where x.executed_at is null and x.executes_at <= now()
    union all
    select e.person_id, e.access_until from employment_end e where e.access_until <= now() and e.erased_at is null
  ) due
  group by due.person_id order by min(due.at), due.person_id limit at_most
$function$;

CREATE OR REPLACE FUNCTION app.period_classes(period uuid, OUT department_id uuid, OUT location_id uuid, OUT manager_id uuid, OUT people integer)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select m.department_id, m.location_id, m.manager_id, count(*)::integer from period_member m
  where m.period_id = period group by m.department_id, m.location_id, m.manager_id
$function$;

CREATE OR REPLACE FUNCTION app.period_groups(period uuid, OUT tree text, OUT group_id uuid, OUT parent_id uuid, OUT name text)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select g.tree, g.group_id, null::uuid, g.name from period_group g where g.period_id = period
  union all
  select 'MANAGER', m.manager_id, own.manager_id, p.name
  from (select distinct x.manager_id from period_member x where x.period_id = period and x.manager_id is not null) m
  join person p on p.id = m.manager_id
  left join period_member own on own.period_id = period and own.person_id = m.manager_id
$function$;

CREATE OR REPLACE FUNCTION app.periods_to_open(at_most integer, OUT organization_id uuid, OUT month date)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select o.id, present.month
  from organization o
  cross join lateral (select date_trunc('month', app.today_in(o.id))::date) present (month)
  where o.created_at < app.start_of_day(present.month, o.time_zone)
    and not exists (
      select from engagement_period p where p.organization_id = o.id and p.granularity = 'MONTH' and p.starts_on >= present.month
    )
  order by o.id limit at_most
$function$;

CREATE OR REPLACE FUNCTION app.personal_goal_visibility_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if new.visibility = 'PRIVATE' then
    update goal_share set ended_at = now() where goal_id = new.id and ended_at is null;
  elsif new.visibility = 'ORGANIZATION' then
    perform 1 from person p where p.id = new.owner_id for no key update;
    update goal_share s set waiting = false
    where s.with_id = new.owner_id and s.waiting and not app.share_is_over(s);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.place_point(point_id uuid, before_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  placed talking_point;
  order_before uuid[];
begin
  select t.* into placed from talking_point t
  where t.id = point_id and t.conversation_id is not null and t.one_to_one_id = any (app.open_one_to_one_ids())
    and (not t.draft or t.author_id = app.viewer());
  if not found or before_id is not null and not exists (
    select 1 from talking_point t
    where t.id = before_id and t.id <> point_id and t.conversation_id = placed.conversation_id
      and (not t.draft or t.author_id = app.viewer())
  ) then
    return false;
  end if;
  order_before := app.shared_point_order(placed.conversation_id);
  update talking_point t set position = line.position
  from (
    select p.id, row_number() over (order by place.position, place.id, p.id = point_id desc) as position
    from talking_point p
    left join talking_point place on place.id = case when p.id = point_id then before_id else p.id end
    where p.conversation_id = placed.conversation_id
  ) line
  where t.id = line.id and t.position <> line.position;
  if app.shared_point_order(placed.conversation_id) <> order_before then
    perform app.record_order_change(placed.one_to_one_id, placed.conversation_id);
  end if;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION app.plan_conversation(pair_id uuid, recurrence text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  pair one_to_one;
begin
  select o.* into pair from one_to_one o where o.id = pair_id for update;
  if not found or not app.is_open_one_to_one(pair) or app.is_paused(pair) or pair.recurrence is distinct from plan_conversation.recurrence or at <= now()
    or exists (
      select from conversation c
      where c.one_to_one_id = pair_id and (
        c.status = 'PLANNED' and c.series_at is not null and c.scheduled_at > now() or at in (c.series_at, c.scheduled_at)
      )
    ) then
    return false;
  end if;
  insert into conversation (organization_id, one_to_one_id, scheduled_at, series_at) values (pair.organization_id, pair_id, at, at);
  perform app.move_waiting_points(pair_id);
  return true;
end $function$;

CREATE OR REPLACE FUNCTION app.postpone_point(of_point uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  point talking_point;
begin
  select t.* into point from talking_point t join conversation c on c.id = t.conversation_id
  where t.id = of_point and t.one_to_one_id = any (app.open_one_to_one_ids()) and (not t.draft or t.author_id = app.viewer())
    and not t.discussed and c.status = 'PLANNED';
  if not found then
    raise exception 'talking points cannot be moved in this way' using errcode = 'MU028';
  end if;
  insert into talking_point_carry (point_id, from_id, organization_id, position, postponed)
  values (point.id, point.conversation_id, point.organization_id, point.position, true)
  on conflict (point_id, from_id) do update
    set to_id = null, position = excluded.position, discussed = false, postponed = true, carried_at = now();
  update talking_point t
  set conversation_id = null, times_carried = t.times_carried + 1, position = app.last_waiting_position(t.one_to_one_id) + 1
  where t.id = point.id;
end $function$;

CREATE OR REPLACE FUNCTION app.procedure_area_people()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if exists (
    select 1 from unnest(array[
      case when tg_op = 'INSERT' or new.answerer_id is distinct from old.answerer_id then new.answerer_id end,
      case when tg_op = 'INSERT' or new.deputy_id is distinct from old.deputy_id then new.deputy_id end
    ]) named(id)
    where named.id is not null
      and (
        not exists (select 1 from person p where p.id = named.id)
        or exists (select 1 from employment_end e where e.person_id = named.id and e.ended_at <= now())
      )
  ) then
    raise exception 'who answers for an area is employed' using errcode = 'MU101';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.publish_nameless_barriers()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  waiting nameless_barrier[];
  published integer;
begin
  if not exists (select 1 from nameless_barrier n where not n.shuffled or n.staged_on < app.today_in(n.organization_id)) then
    return 0;
  end if;
  begin
    lock table nameless_barrier in access exclusive mode nowait;
  exception when lock_not_available then
    return 0;
  end;
  waiting := array(select n from nameless_barrier n order by random());
  truncate nameless_barrier;
  insert into barrier (organization_id, procedure_area_id, title, description, proposed_remedy, hinders_customers)
  select w.organization_id, (select a.id from procedure_area a where a.id = w.procedure_area_id), w.title, w.description,
    w.proposed_remedy, w.hinders_customers
  from unnest(waiting) w where w.staged_on < app.today_in(w.organization_id);
  get diagnostics published = row_count;
  insert into nameless_barrier (
    organization_id, procedure_area_id, title, description, proposed_remedy, hinders_customers, staged_on, shuffled
  )
  select w.organization_id, w.procedure_area_id, w.title, w.description, w.proposed_remedy, w.hinders_customers, w.staged_on, true
  from unnest(waiting) w where w.staged_on >= app.today_in(w.organization_id);
  return published;
end $function$;

CREATE OR REPLACE FUNCTION app.pulse_answers(quarter uuid, OUT period_id uuid, OUT respondent uuid, OUT department_id uuid, OUT location_id uuid, OUT manager_id uuid, OUT scores smallint[])
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select e.id, t.respondent, a.department_id, a.location_id, a.manager_id, a.scores
  from pulse p
  join engagement_period e on e.id = p.period_id
  join pulse_answer a on a.pulse_id = p.id
  join pulse_pseudonym t on t.pseudonym = a.pseudonym
  where p.quarter_id = quarter and app.is_settled(e)
  order by t.respondent
$function$;

CREATE OR REPLACE FUNCTION app.pulse_participants(of_organization uuid, since timestamp with time zone, OUT period_id uuid, OUT respondent uuid, OUT department_id uuid, OUT location_id uuid, OUT manager_id uuid)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select n.period_id, n.respondent, n.department_id, n.location_id, n.manager_id
  from engagement_period e join pulse_participation n on n.period_id = e.id
  where e.organization_id = of_organization and e.ends_at > since
  union all
  select a.period_id, a.respondent, a.department_id, a.location_id, a.manager_id
  from engagement_period q cross join lateral app.pulse_answers(q.id) a join engagement_period e on e.id = a.period_id
  where q.organization_id = of_organization and q.granularity = 'QUARTER' and e.ends_at > since
$function$;

CREATE OR REPLACE FUNCTION app.pulse_questions(quarter uuid, OUT period_id uuid, OUT place smallint, OUT question_id text, OUT driver text, OUT scale text)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select p.period_id, q.position, q.question_id, q.driver, q.scale
  from pulse p join pulse_question q on q.pulse_id = p.id
  where p.quarter_id = quarter
$function$;

CREATE OR REPLACE FUNCTION app.queue_conversation_mails(mail_kind text, conversation_ids uuid[])
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with queued as (
    insert into outbox_mail (organization_id, kind, recipient, person_id, about)
    select a.organization_id, mail_kind, a.sign_in_address, a.person_id, jsonb_build_object(
      'name', other.name,
      'at', to_char(c.scheduled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'timeZone', app.usable_time_zone((select z.time_zone from person_time_zone z where z.person_id = a.person_id), organization.time_zone)
    )
    from conversation c
    join one_to_one o on o.id = c.one_to_one_id
    join organization on organization.id = c.organization_id
    cross join lateral (values (o.first_id, o.second_id), (o.second_id, o.first_id)) participant (id, other_id)
    join account a on a.person_id = participant.id and a.disabled_at is null
    join person other on other.id = participant.other_id
    where c.id = any (conversation_ids)
      and not exists (select from person_preference p where p.person_id = participant.id and not p.reminders_by_mail)
    returning 1
  )
  select count(*) from queued
$function$;

CREATE OR REPLACE FUNCTION app.queued_mail(mail_id uuid)
 RETURNS TABLE(kind text, recipient text, about jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select m.kind, m.recipient, m.about from outbox_mail m where m.id = mail_id
$function$;

CREATE OR REPLACE FUNCTION app.raise_nameless_barrier(barrier_title text, barrier_description text, remedy text, customers boolean, area_id uuid)
 RETURNS date
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  home uuid := app.organization();
  today date := app.today_in(home);
begin
  if home is null then
    raise exception 'sign in to do this' using errcode = 'MU050';
  end if;
  if area_id is not null and not exists (select 1 from procedure_area a where a.id = area_id and a.organization_id = home) then
    raise exception 'no such procedure area' using errcode = 'MU102';
  end if;
  begin
    insert into nameless_barrier (organization_id, procedure_area_id, title, description, proposed_remedy, hinders_customers, staged_on)
    select home, area_id, barrier_title, barrier_description, remedy, customers, today
    where not exists (
      select 1 from nameless_barrier n
      where n.organization_id = home and n.title = barrier_title and n.hinders_customers = customers
        and (n.procedure_area_id, n.description, n.proposed_remedy) is not distinct from (area_id, barrier_description, remedy)
    );
  exception
    when check_violation or not_null_violation then
      raise exception 'this text cannot be stored' using errcode = 'MU104';
  end;
  return today + 1;
end $function$;

CREATE OR REPLACE FUNCTION app.readable_trend_release_ids()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array(
    select r.id
    from app.live_session() i
    join organization o on o.id = i.organization_id
    join trend_release r on r.organization_id = i.organization_id
    where 'TRENDS_READ' = any (i.scopes)
      or (
        i.employed
        and (
          exists (select 1 from role_grant g where g.person_id = i.person_id and g.role = 'HR_ANALYST')
          or (
            r.published_at <= clock_timestamp()
            and case o.trends_visible_to
              when 'EVERYONE' then true
              when 'LEADERS_AND_HR' then exists (
                select 1 from reporting_line l
                where l.manager_id = i.person_id and l.starts_at <= now() and (l.ends_at is null or now() < l.ends_at)
              )
              else false
            end
          )
        )
      )
  )
$function$;

CREATE OR REPLACE FUNCTION app.record_action_item_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  item action_item := coalesce(new, old);
begin
  insert into conversation_change (one_to_one_id, typename, node_id, removed)
  values (item.one_to_one_id, 'ActionItem', item.id, tg_op = 'DELETE');
  if new.made_in_id is distinct from old.made_in_id then
    insert into conversation_change (one_to_one_id, conversation_id, typename, node_id)
    values (item.one_to_one_id, coalesce(new.made_in_id, old.made_in_id), 'Conversation', coalesce(new.made_in_id, old.made_in_id));
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.record_conversation_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  insert into conversation_change (one_to_one_id, conversation_id, typename, node_id, removed)
  values (old.one_to_one_id, old.id, 'Conversation', old.id, tg_op = 'DELETE');
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.record_one_to_one_ended()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  insert into conversation_change (one_to_one_id, typename, node_id) values (new.id, 'OneToOne', new.id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.record_order_change(of_one_to_one uuid, of_conversation uuid)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  insert into conversation_change (one_to_one_id, conversation_id, typename, node_id)
  values (of_one_to_one, of_conversation, 'Conversation', of_conversation)
$function$;

CREATE OR REPLACE FUNCTION app.record_retention()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'UPDATE' and new.access_log_retention_months > old.access_log_retention_months then
    raise exception 'the access log cannot be kept longer than it was to be' using errcode = 'MU062';
  end if;
  if tg_op = 'INSERT' then
    insert into conversation_retention (organization_id, since, months)
    values (new.id, '-infinity', new.conversation_retention_months);
  elsif new.conversation_retention_months <> old.conversation_retention_months then
    insert into conversation_retention (organization_id, since, months)
    values (new.id, clock_timestamp(), new.conversation_retention_months);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.record_shared_notes_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  insert into conversation_change (one_to_one_id, conversation_id, typename, node_id)
  select c.one_to_one_id, c.id, 'SharedNotes', new.id from conversation c where c.id = new.conversation_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.record_talking_point_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  was_in uuid := case when tg_op <> 'INSERT' and not old.draft then old.conversation_id end;
  is_in uuid := case when tg_op <> 'DELETE' then new.conversation_id end;
begin
  if is_in is not null then
    insert into conversation_change (one_to_one_id, conversation_id, typename, node_id)
    values (new.one_to_one_id, is_in, 'TalkingPoint', new.id);
  end if;
  if was_in is not distinct from is_in then
    return null;
  end if;
  if is_in is not null then
    insert into conversation_change (one_to_one_id, conversation_id, typename, node_id)
    values (new.one_to_one_id, is_in, 'Conversation', is_in);
  end if;
  if was_in is not null then
    insert into conversation_change (one_to_one_id, conversation_id, typename, node_id, removed) values
      (old.one_to_one_id, was_in, 'TalkingPoint', old.id, tg_op = 'DELETE'),
      (old.one_to_one_id, was_in, 'Conversation', was_in, false);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.recorded_actions()
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array(
    select a.action
    from app.identity() i
    join role_grant r on r.person_id = i.person_id
    join (values
      ('PEOPLE_ADMIN', 'ACCOUNT_DISABLED'), ('PEOPLE_ADMIN', 'ACCOUNT_ENABLED'), ('PEOPLE_ADMIN', 'API_TOKEN_CREATED'),
      ('PEOPLE_ADMIN', 'API_TOKEN_REVOKED'), ('PEOPLE_ADMIN', 'DEPARTMENT_RENAMED'), ('PEOPLE_ADMIN', 'DEPARTMENTS_MERGED'),
      ('PEOPLE_ADMIN', 'LOCATION_RENAMED'), ('PEOPLE_ADMIN', 'LOCATIONS_MERGED'),
      ('PEOPLE_ADMIN', 'PERSON_CHANGED'), ('PEOPLE_ADMIN', 'PERSON_CREATED'), ('PEOPLE_ADMIN', 'PERSON_INVITED'),
      ('HR_ANALYST', 'API_TOKEN_CREATED'), ('HR_ANALYST', 'API_TOKEN_REVOKED'),
      ('ORGANIZATION_ADMIN', 'API_TOKEN_CREATED'), ('ORGANIZATION_ADMIN', 'API_TOKEN_REVOKED'),
      ('ORGANIZATION_ADMIN', 'ORGANIZATION_RENAMED'), ('ORGANIZATION_ADMIN', 'PROCEDURE_AREA_CHANGED'),
      ('ORGANIZATION_ADMIN', 'ROLE_GRANTED'), ('ORGANIZATION_ADMIN', 'ROLE_REVOKED'),
      ('ORGANIZATION_ADMIN', 'SETTINGS_CHANGED')
    ) a (role, action) on a.role = r.role
    where i.employed
  )
$function$;

CREATE OR REPLACE FUNCTION app.refit_reporting_lines(people uuid[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  update reporting_line set closed_on = closed_on
  where id in (
    select l.id from reporting_line l cross join lateral app.line_end(l) fit
    where (l.report_id = any (people) or l.manager_id = any (people))
      and (l.ends_on, l.leaver_id) is distinct from (fit.ends_on, fit.leaver_id)
  )
$function$;

CREATE OR REPLACE FUNCTION app.refuse_reporting_cycles(lines uuid[], since date[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  above record;
begin
  with recursive grown as (
    select l.organization_id, l.manager_id, s.since, l.ends_on
    from unnest(lines, since) s(id, since) join reporting_line l on l.id = s.id
    where l.kind = 'PRIMARY' and (l.ends_on is null or l.ends_on > s.since)
  ),
  day as (
    select g.organization_id, g.since as on_day from grown g
    union
    select l.organization_id, l.starts_on
    from reporting_line l
    join (select organization_id, min(grown.since) as first_day from grown group by 1) g
      on g.organization_id = l.organization_id and l.starts_on > g.first_day
    where l.kind = 'PRIMARY'
  ),
  above as (
    select d.on_day, g.manager_id as person_id
    from grown g
    join day d on d.organization_id = g.organization_id and d.on_day >= g.since and (g.ends_on is null or d.on_day < g.ends_on)
    union
    select a.on_day, l.manager_id
    from above a
    join reporting_line l on l.report_id = a.person_id and l.kind = 'PRIMARY'
      and l.starts_on <= a.on_day and (l.ends_on is null or a.on_day < l.ends_on)
  )
  select array_agg(a.on_day) as days, array_agg(a.person_id) as people, array_agg(l.manager_id) as managers
  into above
  from above a
  left join reporting_line l on l.report_id = a.person_id and l.kind = 'PRIMARY'
    and l.starts_on <= a.on_day and (l.ends_on is null or a.on_day < l.ends_on);
  if app.has_reporting_cycle(above.days, above.people, above.managers) then
    raise exception 'reporting lines would form a cycle' using errcode = 'MU001';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION app.register_trend_participants(period uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  e engagement_period;
begin
  select x.* into e from engagement_period x where x.id = period;
  insert into trend_participant (organization_id, respondent)
  select e.organization_id, t.respondent from pulse_pseudonym t
  where t.quarter_id = coalesce(e.quarter_id, e.id)
    and not exists (select 1 from trend_participant n where n.respondent = t.respondent)
  order by random();
  insert into trend_participant (organization_id, person_id)
  select e.organization_id, leader.id from (
    select m.manager_id from period_member m where m.period_id = period and m.manager_id is not null
    union
    select a.answerer_id from procedure_area a where a.organization_id = e.organization_id
  ) leader (id)
  where not exists (select 1 from trend_participant n where n.person_id = leader.id)
  order by random();
end $function$;

CREATE OR REPLACE FUNCTION app.remind_after_conversations()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  due uuid[];
begin
  select array_agg(found.id) into due from (
    select c.id from conversation c join one_to_one o on o.id = c.one_to_one_id
    where c.status = 'PLANNED' and c.scheduled_at > now() - interval '36 hours'
      and c.scheduled_at + make_interval(mins => o.duration_minutes) between now() - interval '25 hours' and now() - interval '1 hour'
      and c.reminded_after is distinct from c.scheduled_at and app.is_open_one_to_one(o) and not app.is_paused(o)
    for no key update of c skip locked
  ) found;
  update conversation c set reminded_after = c.scheduled_at where c.id = any (due);
  return app.queue_conversation_mails('CONVERSATION_BEHIND', due);
end $function$;

CREATE OR REPLACE FUNCTION app.remind_before_conversations()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  due uuid[];
begin
  select array_agg(found.id) into due from (
    select c.id from conversation c join one_to_one o on o.id = c.one_to_one_id
    where c.status = 'PLANNED' and c.scheduled_at > now() and c.scheduled_at <= now() + interval '24 hours'
      and c.created_at <= c.scheduled_at - interval '24 hours'
      and c.reminded_before is distinct from c.scheduled_at and app.is_open_one_to_one(o) and not app.is_paused(o)
    for no key update of c skip locked
  ) found;
  update conversation c set reminded_before = c.scheduled_at where c.id = any (due);
  return app.queue_conversation_mails('CONVERSATION_AHEAD', due);
end $function$;

CREATE OR REPLACE FUNCTION app.remind_leavers()
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with due as (
    select e.person_id, e.access_until, e.access_until <= now() + interval '7 days' as in_a_week
    from employment_end e
    where e.ended_at <= now() and e.access_until > now() and e.access_until <= now() + interval '30 days'
  ), reminded as (
    update account a
    set reminded_month_before = d.access_until,
      reminded_week_before = case when d.in_a_week then d.access_until else a.reminded_week_before end
    from due d
    where a.person_id = d.person_id and d.access_until is distinct from
      case when d.in_a_week then a.reminded_week_before else a.reminded_month_before end
    returning a.person_id, a.organization_id, a.sign_in_address, d.access_until
  ), queued as (
    insert into outbox_mail (organization_id, kind, recipient, person_id, about)
    select r.organization_id, 'ACCESS_ENDS', r.sign_in_address, r.person_id, jsonb_build_object(
      'organization', o.name,
      'day', ((r.access_until - interval '1 second') at time zone app.usable_time_zone(o.time_zone))::date
    )
    from reminded r join organization o on o.id = r.organization_id
    returning 1
  )
  select count(*) from queued
$function$;

CREATE OR REPLACE FUNCTION app.remind_of_areas_without_answerer()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  queued integer;
begin
  with due as (
    select a.id, a.organization_id, a.name from procedure_area a
    where coalesce(a.admins_reminded_at <= now() - interval '14 days', true)
      and not exists (
        select from unnest(array[a.answerer_id, a.deputy_id]) named(id)
        where named.id is not null
          and not exists (select 1 from employment_end e where e.person_id = named.id and e.ended_at <= now())
      )
    for no key update of a skip locked
  ), reminded as (
    update procedure_area a set admins_reminded_at = now() from due where a.id = due.id
  )
  insert into outbox_mail (organization_id, kind, recipient, person_id, about)
  select g.organization_id, 'AREAS_WITHOUT_ANSWERER', account.sign_in_address, account.person_id, areas.about
  from (
    select d.organization_id,
      jsonb_build_object('areas', count(*)::text, 'names', string_agg(d.name, E'\n' order by d.name)) as about
    from due d group by d.organization_id
  ) areas
  join role_grant g on g.organization_id = areas.organization_id and g.role = 'ORGANIZATION_ADMIN'
  join account on account.person_id = g.person_id and account.disabled_at is null
  where not exists (select 1 from employment_end e where e.person_id = g.person_id and e.ended_at <= now());
  get diagnostics queued = row_count;
  return queued;
end $function$;

CREATE OR REPLACE FUNCTION app.remind_of_due_barriers()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  queued integer;
begin
  with due as (
    select b.id, a.organization_id, account.person_id, account.sign_in_address
    from barrier b
    join procedure_area a on a.id = b.procedure_area_id
    cross join lateral (select app.today_in(a.organization_id)) today(day)
    cross join lateral (
      select named.id from unnest(array[a.answerer_id, a.deputy_id]) with ordinality named(id, place)
      where named.id is not null
        and not exists (select 1 from employment_end e where e.person_id = named.id and e.ended_at <= now())
      order by named.place limit 1
    ) answerer
    join account on account.person_id = answerer.id and account.disabled_at is null
    where (b.status in ('OPEN', 'INVESTIGATING') or b.trial_until < today.day)
      and b.answer_due_on <= today.day + 3 and b.reminded_for is distinct from b.answer_due_on
    for no key update of b skip locked
  ), reminded as (
    update barrier b set reminded_for = b.answer_due_on from due where b.id = due.id
  )
  insert into outbox_mail (organization_id, kind, recipient, person_id, about)
  select organization_id, 'BARRIERS_DUE', sign_in_address, person_id, jsonb_build_object('barriers', count(*)::text)
  from due group by organization_id, sign_in_address, person_id;
  get diagnostics queued = row_count;
  return queued;
end $function$;

CREATE OR REPLACE FUNCTION app.removed_words()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN '(removed)'::text;

CREATE OR REPLACE FUNCTION app.reporting_line_before_write()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  zone text := (select app.usable_time_zone(o.time_zone) from organization o where o.id = new.organization_id);
  fit record := app.line_end(new);
begin
  if new.ends_on is not null and (tg_op = 'INSERT' or new.ends_on is distinct from old.ends_on) then
    raise exception 'ends_on follows from closed_on and from employments: write closed_on' using errcode = 'MU002';
  end if;
  new.ends_on := fit.ends_on;
  new.leaver_id := fit.leaver_id;
  if tg_op = 'INSERT' or new.starts_on <> old.starts_on then
    new.starts_at := app.start_of_day(new.starts_on, zone);
  end if;
  if tg_op = 'INSERT' or new.closed_on is distinct from old.closed_on then
    new.closed_at := app.start_of_day(new.closed_on, zone);
  end if;
  if tg_op = 'INSERT' or new.ends_on is distinct from old.ends_on then
    new.ends_at := app.start_of_day(new.ends_on, zone);
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.reporting_line_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  -- Two concurrent changes that form a cycle together must see each other.
  perform pg_advisory_xact_lock(hashtextextended('reporting_line:' || o.organization_id, 0))
    from (select distinct organization_id from changed order by 1) o;

  delete from reporting_line_end e using changed c
  where e.line_id = c.id and case when e.by_leaving then c.leaver_id is null else c.closed_on is null end;
  insert into reporting_line_end as e (line_id, by_leaving, organization_id, report_id, manager_id, ends_on, ends_at, leaver_id)
  select c.id, false, c.organization_id, c.report_id, c.manager_id, c.closed_on, c.closed_at, null
  from changed c where c.closed_on is not null
  union all
  select c.id, true, c.organization_id, c.report_id, c.manager_id, c.ends_on, c.ends_at, c.leaver_id
  from changed c where c.leaver_id is not null
  on conflict (line_id, by_leaving) do update
    set ends_on = excluded.ends_on, ends_at = excluded.ends_at, leaver_id = excluded.leaver_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.reporting_line_followed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  update reporting_line l set closed_on = greatest(l.starts_on, a.starts_on)
  from added a
  where l.report_id = a.report_id and l.kind = a.kind and (l.kind = 'PRIMARY' or l.manager_id = a.manager_id) and l.id <> a.id
    and l.leaver_id is not null and l.starts_on <= a.starts_on and l.ends_on <= a.starts_on
    and (l.closed_on is null or l.closed_on > a.starts_on);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.reporting_line_reopened()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  update goal_share s set ended_at = now()
  from before b join after a on a.id = b.id
  where s.line_id = b.id and s.ended_at is null and b.closed_at <= now() and (a.closed_at is null or a.closed_at > now());
  update mandate m set ended_at = now()
  from before b join after a on a.id = b.id
  where m.line_id = b.id and m.ended_at is null and b.closed_at <= now() and (a.closed_at is null or a.closed_at > now());
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.reporting_line_without_cycle_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform app.refuse_reporting_cycles(array_agg(a.id), array_agg(a.starts_on)) from added a where a.kind = 'PRIMARY' having count(*) > 0;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.reporting_line_without_cycle_updated()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform app.refuse_reporting_cycles(array_agg(w.id), array_agg(w.since))
  from (
    select a.id, case when (a.report_id, a.manager_id, a.kind) is distinct from (b.report_id, b.manager_id, b.kind)
      or a.starts_on < b.starts_on then a.starts_on else b.ends_on end as since
    from before b join after a on a.id = b.id
    where a.kind = 'PRIMARY' and (
      (a.report_id, a.manager_id, a.kind) is distinct from (b.report_id, b.manager_id, b.kind)
      or a.starts_on < b.starts_on or (b.ends_on is not null and (a.ends_on is null or a.ends_on > b.ends_on)))
  ) w
  having count(*) > 0;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.request_address_change(proof text, wanted text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  mine account;
  asked address_change;
begin
  select a.* into mine from account a where a.person_id = app.signed_in_person() and app.password_proved(a, proof) for update;
  if not found then
    return false;
  end if;
  delete from address_change where person_id = mine.person_id;
  insert into address_change (person_id, organization_id, new_address)
  values (mine.person_id, mine.organization_id, wanted)
  returning * into asked;
  -- created_at is the transaction's time, as requested_at is: it tells this request from a later one (app.link_mail).
  insert into outbox_mail (organization_id, kind, recipient, person_id, created_at, about)
  select mine.organization_id, m.kind, m.recipient, mine.person_id, asked.requested_at,
         jsonb_build_object('newAddress', wanted, 'effectiveAt', asked.effective_at)
  from (values ('ADDRESS_CHANGE_OLD', mine.sign_in_address), ('ADDRESS_CHANGE_NEW', wanted)) m (kind, recipient);
  return true;
end $function$;

CREATE OR REPLACE FUNCTION app.request_password_reset(address text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  insert into outbox_mail (kind, recipient) values ('PASSWORD_RESET', address)
$function$;

CREATE OR REPLACE FUNCTION app.require_administrator(of_organization uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('role_grant:' || of_organization, 0));
  if not exists (
    select 1 from role_grant r join account a on a.person_id = r.person_id
    where r.organization_id = of_organization and r.role = 'ORGANIZATION_ADMIN' and a.disabled_at is null
      and not exists (select 1 from employment_end e where e.person_id = r.person_id)
  ) then
    raise exception 'no other ORGANIZATION_ADMIN stays' using errcode = 'MU060';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION app.reset_password(link_hash bytea, new_hash text, token_hash bytea, label text)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  who uuid;
begin
  -- Locks the account first, as everywhere, so that a change of address that becomes due at the same time waits.
  perform 1 from account a join password_reset r on r.person_id = a.person_id
  where r.token_hash = link_hash for no key update of a;
  update password_reset r set used_at = now()
  from account a
  where r.token_hash = link_hash and r.used_at is null and r.expires_at > now()
    and a.person_id = r.person_id and app.account_is_open(a) and not app.address_has_passed_on(a)
  returning r.person_id into who;
  if who is null then
    return null;
  end if;
  update account set password_hash = new_hash, password_changed_at = now() where person_id = who;
  perform app.end_credentials(who, true);
  return app.open_session(who, token_hash, label);
end $function$;

CREATE OR REPLACE FUNCTION app.return_goals_of_leavers(people uuid[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  update business_goal b set owner_id = w.leaver_id, version = b.version + 1
  from business_goal_of_leaver w
  where w.leaver_id = any (people) and b.id = w.business_goal_id and b.owner_id = w.owner_id and b.version = w.version;
  delete from business_goal_of_leaver w where w.leaver_id = any (people)
$function$;

CREATE OR REPLACE FUNCTION app.return_points(reopened uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if not exists (
    select 1 from conversation c
    where c.id = reopened and c.one_to_one_id = any (app.open_one_to_one_ids()) and c.status = 'PLANNED'
  ) then
    raise exception 'talking points cannot be moved in this way' using errcode = 'MU028';
  end if;
  with returning_points as (
    delete from talking_point_carry k using talking_point t
    where k.from_id = reopened and not k.postponed and t.id = k.point_id and not t.discussed
      and t.conversation_id is not distinct from k.to_id
      and (k.to_id is null or exists (select 1 from conversation c where c.id = k.to_id and c.status = 'PLANNED'))
    returning k.point_id, k.position, k.discussed
  )
  update talking_point t
  set conversation_id = reopened, position = r.position, discussed = r.discussed,
    times_carried = greatest(t.times_carried - (not r.discussed)::integer, 0), version = t.version + r.discussed::integer
  from returning_points r where t.id = r.point_id;
end $function$;

CREATE OR REPLACE FUNCTION app.return_postponed_point(of_point uuid, to_conversation uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  with taken_back as (
    delete from talking_point_carry k using talking_point t, conversation c
    where k.point_id = of_point and k.from_id = to_conversation and k.postponed
      and t.id = k.point_id and not t.discussed and t.conversation_id is not distinct from k.to_id
      and t.one_to_one_id = any (app.open_one_to_one_ids()) and (not t.draft or t.author_id = app.viewer())
      and c.id = k.from_id and c.status = 'PLANNED'
    returning k.point_id, k.from_id, k.position
  )
  update talking_point t
  set conversation_id = b.from_id, times_carried = greatest(t.times_carried - 1, 0), position = b.position
  from taken_back b where t.id = b.point_id;
  return found;
end $function$;

CREATE OR REPLACE FUNCTION app.revealed_feedback_ids()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array(
    select other.id
    from conversation_feedback own
    join conversation_feedback other on other.conversation_id = own.conversation_id and other.author_id <> own.author_id
    where own.author_id = (select app.viewer())
      and app.is_feedback_offered(own.offered, own.offered_in)
      and app.is_feedback_offered(other.offered, other.offered_in)
  )
$function$;

CREATE OR REPLACE FUNCTION app.revoke_tokens_of(maker uuid, all_of_them boolean)
 RETURNS text[]
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with revoked as (
    update session s set revoked_at = now()
    where s.person_id is null and s.created_by = maker and s.revoked_at is null and s.expires_at > now()
      and (all_of_them or not app.can_grant_scopes(maker, s.scopes))
    returning s.id, s.organization_id, s.label
  ),
  recorded as (
    insert into audit_entry (organization_id, actor_id, action, subject)
    select organization_id, app.viewer(), 'API_TOKEN_REVOKED', 'API token ' || id from revoked
  )
  select array(select label from revoked order by label)
$function$;

CREATE OR REPLACE FUNCTION app.rewrite_pulse_tables()
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  answers pulse_answer[];
  pseudonyms pulse_pseudonym[];
begin
  if not exists (select from engagement_period e where e.answers_destroyed_at is not null and e.rewritten_at is null) then
    return false;
  end if;
  begin
    lock table pulse_answer, pulse_pseudonym in access exclusive mode nowait;
  exception when lock_not_available then
    return false;
  end;
  answers := array(select a from pulse_answer a order by random());
  pseudonyms := array(select t from pulse_pseudonym t order by random());
  truncate pulse_answer, pulse_pseudonym;
  insert into pulse_answer select (unnest(answers)).*;
  insert into pulse_pseudonym select (unnest(pseudonyms)).*;
  update engagement_period e set rewritten_at = now() where e.answers_destroyed_at is not null and e.rewritten_at is null;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION app.role_grant_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform app.revoke_tokens_of(old.person_id, false);
  if old.role = 'ORGANIZATION_ADMIN'
    and exists (select 1 from account a where a.person_id = old.person_id and a.disabled_at is null)
    and not exists (select 1 from employment_end e where e.person_id = old.person_id and e.ended_at <= now())
  then
    perform app.require_administrator(old.organization_id);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.scopes_of_roles(person_id uuid)
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array_remove(array[
    case when 'HR_ANALYST' = any (roles) then 'TRENDS_READ' end,
    case when 'PEOPLE_ADMIN' = any (roles) then 'DIRECTORY_READ' end,
    case when 'PEOPLE_ADMIN' = any (roles) then 'DIRECTORY_WRITE' end,
    case when 'ORGANIZATION_ADMIN' = any (roles) then 'SCHEMA_READ' end
  ], null)
  from (select array(select r.role from role_grant r where r.person_id = scopes_of_roles.person_id)) granted(roles)
$function$;

CREATE OR REPLACE FUNCTION app.set_account_disabled(of_person uuid, disabled boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  was boolean;
begin
  select a.disabled_at is not null into was from account a
  where a.person_id = of_person and a.organization_id = app.organization_as('PEOPLE_ADMIN') and a.person_id <> app.viewer()
  for update;
  if was is null or was = disabled then
    return was <> disabled;
  end if;
  update account set disabled_at = case when disabled then now() end where person_id = of_person;
  if disabled and not exists (select 1 from employment_end e where e.person_id = of_person and e.ended_at <= now()) then
    perform app.end_credentials(of_person, false);
  end if;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION app.set_current_values(goal_id uuid, seen_version integer, key_result_ids uuid[], current_values double precision[])
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  update business_goal b set version = b.version + 1
  where b.id = goal_id and b.version = seen_version and b.state = 'OPEN'
    and b.organization_id = app.organization()
    and (b.owner_id = app.viewer() or b.id = any (app.assigned_goal_ids()))
    and not exists (
      select 1 from unnest(key_result_ids) given(id)
      where not exists (select 1 from key_result k where k.id = given.id and k.business_goal_id = b.id)
    );
  if not found then
    return false;
  end if;
  update key_result k set current_value = given.value
  from unnest(key_result_ids, current_values) given(id, value)
  where k.id = given.id;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION app.share_begins_pending(owner_id uuid, with_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select exists (
      select 1 from reporting_line l join organization o on o.id = l.organization_id
      where l.report_id = share_begins_pending.owner_id and l.manager_id = share_begins_pending.with_id and l.kind = 'PRIMARY'
        and l.starts_at <= now() and (l.ends_at is null or now() < l.ends_at)
        and o.leaders_share_first
    )
    and not app.has_shared_first(with_id, owner_id)
$function$;

CREATE OR REPLACE FUNCTION app.share_is_over(s goal_share)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select s.ended_at is not null or coalesce(s.expires_at <= now(), false)
    or exists (select 1 from reporting_line l where l.id = s.line_id and l.closed_at <= now())
    or exists (select 1 from employment_end e where e.person_id in (s.owner_id, s.with_id) and e.access_until <= now())
$function$;

CREATE OR REPLACE FUNCTION app.share_state(s goal_share)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select case
    when s.ended_at is not null or s.expires_at <= now()
      or exists (select 1 from reporting_line l where l.id = s.line_id and l.closed_at <= now())
      or exists (select 1 from employment_end e where e.person_id in (s.owner_id, s.with_id) and e.ended_at <= now())
      then 'ENDED'
    when s.waiting then 'PENDING'
    else 'ACTIVE'
  end
$function$;

CREATE OR REPLACE FUNCTION app.shared_goal_ids()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array(select s.goal_id from app.active_shares() s)
$function$;

CREATE OR REPLACE FUNCTION app.shared_point_order(of_conversation uuid)
 RETURNS uuid[]
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select array(
    select t.id from talking_point t where t.conversation_id = of_conversation and not t.draft order by t.position, t.id
  )
$function$;

CREATE OR REPLACE FUNCTION app.sign_in(address text, proof text, token_hash bytea, label text)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  found_person uuid;
begin
  select a.person_id into found_person from account a
  where folded_address(a.sign_in_address) = folded_address(address) and app.account_is_open(a) and app.password_proved(a, proof)
  for share;
  return case when found_person is not null then app.open_session(found_person, token_hash, label) end;
end $function$;

CREATE OR REPLACE FUNCTION app.signed_in_organization()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select organization_id from app.live_session() where person_id is not null
$function$;

CREATE OR REPLACE FUNCTION app.signed_in_person()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select person_id from app.live_session()
$function$;

CREATE OR REPLACE FUNCTION app.similar_external_id(wanted text, except_person uuid, OUT external_id text, OUT name text)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select p.external_id, p.name from person p
  where p.organization_id = (select app.organization_as('PEOPLE_ADMIN'))
    and p.external_id is not null and id_twin_key(p.external_id) = id_twin_key(wanted)
    and folded_id(p.external_id) <> folded_id(wanted) and p.id is distinct from except_person
    -- Not for an ID that the person has already.
    and not exists (select 1 from person s where s.id = except_person and folded_id(s.external_id) = folded_id(wanted))
  order by p.external_id limit 1
$function$;

CREATE OR REPLACE FUNCTION app.start_of_day(day date, time_zone text)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  -- If midnight occurs twice, PostgreSQL returns the second. The first is midnight at the offset of 24 hours earlier.
  select case when first.at < midnight.at and first.at at time zone zone.name = start_of_day.day::timestamp then first.at
              else midnight.at end
  from (select app.usable_time_zone(start_of_day.time_zone)) zone(name)
  cross join lateral (select start_of_day.day::timestamp at time zone zone.name) midnight(at)
  cross join lateral (
    select (start_of_day.day::timestamp - ((midnight.at - interval '24 hours') at time zone zone.name
      - (midnight.at - interval '24 hours') at time zone 'UTC')) at time zone 'UTC'
  ) first(at)
$function$;

CREATE OR REPLACE FUNCTION app.store_idempotency_result(request_key text, field text, result jsonb)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  update idempotency_key k set results = k.results || jsonb_build_object(field, result)
  from app.identity() i
  where k.viewer_id = coalesce(i.person_id, i.session_id) and k.key = request_key
$function$;

CREATE OR REPLACE FUNCTION app.store_pulse_answers()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  waiting pulse_answer_waiting[];
begin
  if not exists (select from pulse_answer_waiting) then
    return 0;
  end if;
  begin
    lock table pulse_answer_waiting in access exclusive mode nowait;
  exception when lock_not_available then
    return 0;
  end;
  waiting := array(select w from pulse_answer_waiting w order by random());
  truncate pulse_answer_waiting;
  delete from pulse_answer a using unnest(waiting) w
  where (a.pulse_id, a.pseudonym) = (w.pulse_id, w.pseudonym) and num_nonnulls(variadic w.scores) = 0;
  insert into pulse_answer (pulse_id, pseudonym, organization_id, scores, department_id, location_id, manager_id)
  select w.pulse_id, w.pseudonym, w.organization_id, w.scores, w.department_id, w.location_id, w.manager_id
  from unnest(waiting) w where num_nonnulls(variadic w.scores) > 0
  on conflict (pulse_id, pseudonym) do update set scores = excluded.scores;
  return cardinality(waiting);
end $function$;

CREATE OR REPLACE FUNCTION app.story_adopters(story_ids uuid[], OUT story_id uuid, OUT people integer)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select a.story_id, count(*)::integer
  from story_adoption a join organization o on o.id = a.organization_id
  where a.story_id = any (story_ids) and a.organization_id = (select app.organization())
  group by a.story_id, o.minimum_group_size
  having count(*) >= o.minimum_group_size
$function$;

CREATE OR REPLACE FUNCTION app.story_after_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  insert into story_author (story_id, organization_id, person_id) values (new.id, new.organization_id, app.viewer());
  return null;
end $function$;

CREATE OR REPLACE FUNCTION app.story_before_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  new.created_on := coalesce(new.created_on, app.today_in(new.organization_id));
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.takes_feedback(of_conversation uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select exists (
    select 1 from conversation c
    where c.id = of_conversation and c.status = 'HELD' and c.off_the_record_by_id is null and c.notes_import_id is null
      and c.one_to_one_id = any (app.open_one_to_one_ids())
  )
$function$;

CREATE OR REPLACE FUNCTION app.talking_point_before_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  new.position := 1 + coalesce((
    select max(t.position) from talking_point t
    where t.one_to_one_id = new.one_to_one_id and t.conversation_id is not distinct from new.conversation_id
  ), 0);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.talking_point_guard()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if old.one_to_one_id = any (app.one_to_one_ids()) and old.one_to_one_id <> all (app.open_one_to_one_ids()) then
    raise exception 'a talking point of an ended one-to-one cannot be changed' using errcode = 'MU029';
  end if;
  if (new.text is distinct from old.text or new.draft is distinct from old.draft or new.from_customer is distinct from old.from_customer)
    and old.author_id <> app.viewer() then
    raise exception 'only the author of a talking point changes its text and mark and shares it' using errcode = 'MU023';
  end if;
  if new.draft and not old.draft then
    raise exception 'a shared talking point cannot become a draft again' using errcode = 'MU024';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.today()
 RETURNS date
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select (now() at time zone 'UTC')::date
$function$;

CREATE OR REPLACE FUNCTION app.today_in(organization_id uuid)
 RETURNS date
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select (now() at time zone app.usable_time_zone(o.time_zone))::date from organization o where o.id = today_in.organization_id
$function$;

CREATE OR REPLACE FUNCTION app.token_made()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if new.person_id is null and nullif(current_setting('app.session', true), '') is not null then
    perform 1 from account a where a.person_id = new.created_by for share;
    perform 1 from role_grant r where r.person_id = new.created_by for key share;
    if app.viewer() is distinct from new.created_by or not app.can_grant_scopes(new.created_by, new.scopes) then
      raise exception 'not permitted to make this token' using errcode = 'insufficient_privilege';
    end if;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.token_scopes()
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select app.scopes_of_roles(i.person_id) from app.live_session() i where i.employed
$function$;

CREATE OR REPLACE FUNCTION app.touch_due(s session)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select case when s.person_id is not null then s.last_seen_at <= now() - interval '5 minutes'
    else s.last_seen_at = s.created_at or (s.last_seen_at at time zone 'UTC')::date < app.today() end
$function$;

CREATE OR REPLACE FUNCTION app.touch_session()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with touched as (
    update session s set last_seen_at = now()
    from app.live_session() i
    where s.id = i.session_id and app.touch_due(s)
    returning s.organization_id, s.person_id, s.id
  )
  insert into audit_entry (organization_id, action, subject)
  select organization_id, 'API_TOKEN_USED', 'API token ' || id from touched where person_id is null
$function$;

CREATE OR REPLACE FUNCTION app.transfer_business_goal(goal_id uuid, seen_version integer, to_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  -- Locks the row only for people who can transfer it; the UPDATE then re-checks against the latest owner and version.
  perform 1 from business_goal b
  where b.id = goal_id and app.can_transfer_business_goal(b.id) for no key update;
  update business_goal b set owner_id = to_id, version = b.version + 1
  where b.id = goal_id and b.version = seen_version and app.can_transfer_business_goal(b.id)
    and exists (
      select 1 from person p
      where p.id = to_id and p.organization_id = b.organization_id
        and not exists (select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now())
    );
  return found;
end $function$;

CREATE OR REPLACE FUNCTION app.transfer_goals_of_leavers()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  transferred integer;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('app.transfer_goals_of_leavers', 0)) then
    return 0;
  end if;
  with recursive climb as (
    select e.person_id as leaver_id, e.person_id as at_id, 0 as steps
    from employment_end e
    where e.ended_at <= now() and exists (select 1 from business_goal b where b.owner_id = e.person_id)
    union all
    select climb.leaver_id, line.manager_id, climb.steps + 1
    from climb
    join employment_end e on e.person_id = climb.at_id and e.ended_at <= now()
    cross join lateral (
      select l.manager_id from reporting_line l
      where l.report_id = climb.at_id and l.kind = 'PRIMARY'
        and l.starts_on <= e.ended_on and (l.ends_on is null or l.ends_on > e.ended_on)
    ) line
    -- Lines of different days may form a cycle.
    where climb.steps < 50
  ),
  went as (
    update business_goal b set owner_id = climb.at_id, version = b.version + 1
    from climb
    where b.owner_id = climb.leaver_id
      and not exists (select 1 from employment_end e where e.person_id = climb.at_id and e.ended_at <= now())
    returning b.id, b.organization_id, climb.leaver_id, b.owner_id, b.version
  )
  insert into business_goal_of_leaver as known (business_goal_id, organization_id, leaver_id, owner_id, version)
  select id, organization_id, leaver_id, owner_id, version from went
  on conflict (business_goal_id) do update
    set leaver_id = excluded.leaver_id, owner_id = excluded.owner_id, version = excluded.version, at = now();
  get diagnostics transferred = row_count;
  return transferred;
end $function$;

CREATE OR REPLACE FUNCTION app.trend_answer_groups(period uuid, of_driver text, OUT participant integer, OUT department_id uuid, OUT location_id uuid, OUT manager_id uuid)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with asking as (
    select p.id, p.period_id, p.quarter_id, p.closes_at, q.position
    from engagement_period e
    join pulse p on e.id in (p.period_id, p.quarter_id)
    join pulse_question q on q.pulse_id = p.id and q.driver = of_driver
    where e.id = period and app.is_settled(e)
  )
  select distinct on (n.number) n.number, g.department_id, g.location_id, g.manager_id
  from (
    select t.respondent, a.department_id, a.location_id, a.manager_id, p.closes_at, true as answered
    from asking p
    join pulse_answer a on a.pulse_id = p.id and a.scores[p.position] is not null
    join pulse_pseudonym t on t.pseudonym = a.pseudonym
    union all
    select t.respondent, m.department_id, m.location_id, m.manager_id, p.closes_at, false
    from asking p
    join period_member m on m.period_id = p.period_id
    join pulse_pseudonym t on t.quarter_id = p.quarter_id and t.person_id = m.person_id
  ) g
  join trend_participant n on n.respondent = g.respondent
  order by n.number, g.answered desc, g.closes_at desc
$function$;

CREATE OR REPLACE FUNCTION app.trend_groups(period uuid, OUT tree text, OUT group_id uuid, OUT parent_id uuid, OUT name text)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select distinct on (g.tree, g.group_id) g.tree, g.group_id, g.parent_id, g.name
  from app.trend_span(period) s cross join lateral app.period_groups(s.id) g
  order by g.tree, g.group_id, s.place desc
$function$;

CREATE OR REPLACE FUNCTION app.trend_head_names(head_ids uuid[], OUT head_id uuid, OUT name text)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select p.id, p.name from person p
  where p.id = any (head_ids)
    and exists (
      select 1 from trend_group g
      where g.head_id = p.id and g.release_id = any ((select app.readable_trend_release_ids())::uuid[])
    )
$function$;

CREATE OR REPLACE FUNCTION app.trend_history(period uuid, of_population text)
 RETURNS SETOF integer[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select f.people
  from engagement_period e
  join trend_release r on r.organization_id = e.organization_id and r.ends_on > e.ends_on - interval '24 months' and r.ends_on < e.ends_on
  join trend_figure_people f on f.release_id = r.id and f.population = of_population and f.purpose = 'LATER'
  where e.id = period
$function$;

CREATE OR REPLACE FUNCTION app.trend_managers(period uuid)
 RETURNS SETOF integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select distinct n.number
  from engagement_period e
  cross join lateral app.trend_reports(e.id) r
  join trend_participant n on n.person_id = r.manager_id
  where e.id = period and app.is_settled(e)
$function$;

CREATE OR REPLACE FUNCTION app.trend_months(quarter uuid, of_population text, OUT month text, OUT tree text, OUT people integer[])
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select r.period_key, f.tree, f.people
  from engagement_period e
  join trend_release r on r.organization_id = e.organization_id and r.period_key = e.key
  join trend_figure_people f on f.release_id = r.id and f.population = of_population and f.purpose = 'QUARTER'
  where e.quarter_id = quarter
$function$;

CREATE OR REPLACE FUNCTION app.trend_people(period uuid, OUT participant integer, OUT department_id uuid, OUT location_id uuid, OUT manager_id uuid)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with e as (select x.* from engagement_period x where x.id = period and app.is_settled(x)),
  member as (
    select distinct on (m.person_id) m.person_id, m.department_id, m.location_id, m.manager_id
    from app.trend_span(period) s join period_member m on m.period_id = s.id
    order by m.person_id, s.place desc
  ), forgotten as (
    select distinct on (t.respondent) t.respondent, a.department_id, a.location_id, a.manager_id
    from e
    join pulse_pseudonym t on t.quarter_id = coalesce(e.quarter_id, e.id) and t.person_id is null
    join pulse_answer a on a.pseudonym = t.pseudonym
    join pulse p on p.id = a.pulse_id
    order by t.respondent, p.closes_at desc
  )
  select n.number, m.department_id, m.location_id, m.manager_id
  from e
  join pulse_pseudonym t on t.quarter_id = coalesce(e.quarter_id, e.id)
  join member m on m.person_id = t.person_id
  join trend_participant n on n.respondent = t.respondent
  union all
  select n.number, f.department_id, f.location_id, f.manager_id
  from forgotten f join trend_participant n on n.respondent = f.respondent
  union all
  select n.number, m.department_id, m.location_id, m.manager_id
  from e join trend_participant n on n.organization_id = e.organization_id and n.person_id is not null
  left join member m on m.person_id = n.person_id
$function$;

CREATE OR REPLACE FUNCTION app.trend_questions(period uuid, of_driver text)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select count(*)::integer from pulse p join pulse_question q on q.pulse_id = p.id
  where period in (p.period_id, p.quarter_id) and q.driver = of_driver
$function$;

CREATE OR REPLACE FUNCTION app.trend_reports(period uuid, OUT manager_id uuid, OUT report_id uuid, OUT one_to_one_id uuid, OUT paused boolean)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select m.manager_id, m.person_id, o.id, o.pause_began_at < e.ends_at and o.pause_over_at > e.starts_at
  from engagement_period e
  join period_member m on m.period_id = e.id
  join reporting_line l on l.report_id = m.person_id and l.manager_id = m.manager_id and l.kind = 'PRIMARY'
    and l.starts_at <= e.opened_at and (l.ends_at is null or l.ends_at >= e.ends_at)
  left join one_to_one o on o.first_id = least(m.person_id, m.manager_id) and o.second_id = greatest(m.person_id, m.manager_id)
    and o.state <> 'INVITED'
  where e.id = period
    and not exists (
      select 1 from employment_end x where x.person_id in (m.person_id, m.manager_id) and x.ended_at < e.ends_at
    )
$function$;

CREATE OR REPLACE FUNCTION app.trend_response_version()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  new.version := old.version + 1;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION app.trend_row_hash(release uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET extra_float_digits TO '1'
AS $function$
  select encode(sha256(convert_to(coalesce(string_agg(line.text, E'\n' order by line.text collate "C"), ''), 'UTF8')), 'hex')
  from trend_cell c
  join trend_group g on g.release_id = c.release_id and g.tree = c.tree and g.key = c.group_key
  cross join lateral (
    select array_to_string(array[
      c.tree, c.group_key, g.parent_key, c.metric, c.driver, c.status, c.value::text, c.bound, c.rounded_to::text, c.people_band,
      c.definition_version::text
    ], ',', '') as text
  ) line
  where c.release_id = release
$function$;

CREATE OR REPLACE FUNCTION app.trend_row_is_frozen()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  raise exception 'figures that were released do not change' using errcode = 'MU180';
end $function$;

CREATE OR REPLACE FUNCTION app.trend_span(period uuid, OUT id uuid, OUT place bigint)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select e.id, row_number() over (order by e.starts_on, e.granularity desc)
  from engagement_period e where period in (e.id, e.quarter_id)
$function$;

CREATE OR REPLACE FUNCTION app.trend_values(period uuid, of_metric text, of_driver text, OUT participant integer, OUT value double precision, OUT reports integer[])
 RETURNS SETOF record
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  e engagement_period;
  zone text;
begin
  select x.* into e from engagement_period x where x.id = period;
  if not found or not app.is_settled(e) then
    return;
  end if;
  select app.usable_time_zone(o.time_zone) into zone from organization o where o.id = e.organization_id;

  case of_metric
    when 'PULSE_SCORE' then
      return query
      select n.number, avg(a.scores[q.position])::double precision, null::integer[]
      from pulse p
      join pulse_question q on q.pulse_id = p.id and q.driver = of_driver
      join pulse_answer a on a.pulse_id = p.id and a.scores[q.position] is not null
      join pulse_pseudonym t on t.pseudonym = a.pseudonym
      join trend_participant n on n.respondent = t.respondent
      where period in (p.period_id, p.quarter_id)
      group by n.number;

    when 'ENPS' then
      return query
      select distinct on (n.number) n.number,
        (case when a.scores[q.position] >= 9 then 100 when a.scores[q.position] >= 7 then 0 else -100 end)::double precision,
        null::integer[]
      from pulse p
      join pulse_question q on q.pulse_id = p.id and q.driver = 'RECOMMEND'
      join pulse_answer a on a.pulse_id = p.id and a.scores[q.position] is not null
      join pulse_pseudonym t on t.pseudonym = a.pseudonym
      join trend_participant n on n.respondent = t.respondent
      where period in (p.period_id, p.quarter_id)
      order by n.number, p.closes_at desc, q.position desc;

    when 'PULSE_PARTICIPATION' then
      return query
      select n.number, max((a.pseudonym is not null)::integer)::double precision, null::integer[]
      from pulse p
      join period_member m on m.period_id = p.period_id
      join pulse_pseudonym t on t.quarter_id = p.quarter_id and t.person_id = m.person_id
      join trend_participant n on n.respondent = t.respondent
      left join pulse_answer a on a.pulse_id = p.id and a.pseudonym = t.pseudonym
      where period in (p.period_id, p.quarter_id)
      group by n.number;

    when 'MET_RATE' then
      return query
      select n.number, avg(of_report.met::integer)::double precision, array_agg(of_report.place::integer)
      from (
        select r.manager_id, dense_rank() over (order by r.report_id) as place,
          coalesce(bool_or(c.id is not null), false) as met,
          coalesce(bool_or(r.paused), false) as paused
        from app.trend_reports(period) r
        left join conversation c on c.one_to_one_id = r.one_to_one_id and c.status = 'HELD' and c.notes_import_id is null
          and c.held_at >= e.starts_at and c.held_at < e.ends_at
        group by r.manager_id, r.report_id
      ) of_report
      join trend_participant n on n.person_id = of_report.manager_id
      where of_report.met or not of_report.paused
      group by n.number;

    when 'CONVERSATION_WORTH' then
      return query
      select n.number, avg(of_report.worth)::double precision, array_agg(of_report.place::integer)
      from (
        select r.manager_id, dense_rank() over (order by r.report_id) as place, avg(own.worth_it) as worth
        from app.trend_reports(period) r
        join conversation c on c.one_to_one_id = r.one_to_one_id and c.status = 'HELD'
        join conversation_feedback own on own.conversation_id = c.id and own.author_id = r.report_id and own.offered
          and own.worth_it is not null
        join conversation_feedback other on other.conversation_id = c.id and other.author_id = r.manager_id and other.offered
        where greatest(own.offered_at, other.offered_at) >= e.starts_at and greatest(own.offered_at, other.offered_at) < e.ends_at
        group by r.manager_id, r.report_id
      ) of_report
      join trend_participant n on n.person_id = of_report.manager_id
      group by n.number;

    when 'AGENDA_FROM_REPORTS' then
      return query
      select n.number, avg(talk.brought::integer)::double precision, array_agg(distinct talk.place::integer)
      from (
        select r.manager_id, dense_rank() over (order by r.report_id) as place, c.id, bool_or(t.author_id = r.report_id) as brought
        from app.trend_reports(period) r
        join conversation c on c.one_to_one_id = r.one_to_one_id and c.status = 'HELD' and c.notes_import_id is null
          and c.off_the_record_by_id is null and c.held_at >= e.starts_at and c.held_at < e.ends_at
        join talking_point t on t.one_to_one_id = c.one_to_one_id and not t.draft
          and (
            t.conversation_id = c.id
            or exists (select 1 from talking_point_carry k where k.point_id = t.id and k.from_id = c.id)
          )
        group by r.manager_id, r.report_id, c.id
      ) talk
      join trend_participant n on n.person_id = talk.manager_id
      group by n.number;

    when 'PROMISES_KEPT_BY_MANAGERS' then
      return query
      select n.number, avg(promise.kept::integer)::double precision, array_agg(distinct promise.place::integer)
      from (
        select r.manager_id, dense_rank() over (order by r.report_id) as place,
          coalesce(a.state = 'DONE' and a.closed_at <= a.late_at, false) as kept
        from app.trend_reports(period) r
        join action_item a on a.one_to_one_id = r.one_to_one_id and a.owner_id = r.manager_id
        where a.late_at >= e.starts_at and a.late_at < e.ends_at
          -- Dropped before it was due, or refused.
          and not (a.state = 'DROPPED' and a.kept is null)
      ) promise
      join trend_participant n on n.person_id = promise.manager_id
      group by n.number;

    when 'BARRIERS_ANSWERED_IN_TIME' then
      return query
      select n.number, avg(coalesce(due.answered_on <= due.day, false)::integer)::double precision, null::integer[]
      from (
        select a.answerer_id, (min(x.at) at time zone zone)::date as answered_on, b.first_due_on as day
        from barrier b
        join procedure_area a on a.id = b.procedure_area_id
        left join barrier_answer x on x.barrier_id = b.id and x.status <> 'INVESTIGATING'
        where b.organization_id = e.organization_id and b.first_due_on between e.starts_on and e.ends_on
        group by b.id, a.answerer_id
      ) due
      join trend_participant n on n.person_id = due.answerer_id
      group by n.number;

    when 'BARRIERS_REMOVED' then
      return query
      select n.number, avg((last.status = 'REMOVED')::integer)::double precision, null::integer[]
      from (
        select distinct on (b.id) b.id, a.answerer_id, x.status
        from barrier_answer x
        join barrier b on b.id = x.barrier_id
        join procedure_area a on a.id = b.procedure_area_id
        where x.organization_id = e.organization_id and x.status <> 'INVESTIGATING' and x.at >= e.starts_at and x.at < e.ends_at
        order by b.id, x.at desc, x.id desc
      ) last
      join trend_participant n on n.person_id = last.answerer_id
      group by n.number;
  end case;
end $function$;

CREATE OR REPLACE FUNCTION app.undo_decline(by_id uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  delete from one_to_one_decline d using one_to_one o
  where o.id = d.one_to_one_id and d.person_id = app.viewer() and o.started_by_id = by_id
    and o.state = 'INVITED' and o.invited_at > now() - interval '30 days'
$function$;

CREATE OR REPLACE FUNCTION app.undo_notes_import(undone uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  perform 1 from notes_import n
  where n.id = undone and n.accepted_at > now() - interval '7 days' and n.one_to_one_id = any (app.open_one_to_one_ids())
  for update;
  if not found then
    return false;
  end if;
  delete from conversation c
  where c.notes_import_id = undone
    and not exists (select 1 from shared_notes n where n.conversation_id = c.id and n.version > 1)
    and not exists (
      select 1 from shared_notes n where n.conversation_id = c.id and n.version = 1
        and n.updated_at > (select i.accepted_at from notes_import i where i.id = undone)
    )
    and not exists (select 1 from action_item i where i.made_in_id = c.id);
  delete from notes_import n where n.id = undone;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION app.usable_time_zone(VARIADIC candidates text[])
 RETURNS text
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  candidate text;
begin
  foreach candidate in array candidates loop
    if candidate is not null then
      begin
        perform now() at time zone candidate;
        return candidate;
      exception when invalid_parameter_value then
        null;
      end;
    end if;
  end loop;
  return 'UTC';
end $function$;

CREATE OR REPLACE FUNCTION app.viewer()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select person_id from app.live_session() where employed
$function$;

CREATE OR REPLACE FUNCTION app.viewer_node_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select md5('Viewer ' || app.signed_in_person())::uuid
$function$;

CREATE OR REPLACE FUNCTION app.waiting_mail(OUT waiting integer, OUT oldest_seconds double precision, OUT given_up integer)
 RETURNS record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with lost as materialized (
    select j.payload ->> 'id' as id from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id and t.identifier = 'send_mail'
    where j.attempts >= j.max_attempts and j.locked_at is null
  )
  select count(*) filter (where l.id is null),
    coalesce(extract(epoch from now() - min(m.created_at) filter (where l.id is null)), 0),
    count(l.id)
  from outbox_mail m left join lost l on l.id = m.id::text
$function$;

CREATE OR REPLACE FUNCTION app.withdraw_conversation(planned uuid, reopened uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if not exists (
    select 1 from conversation p join conversation r on r.id = p.planned_after_id
    where p.id = planned and r.id = reopened and p.status = 'PLANNED' and r.status = 'PLANNED'
      and p.one_to_one_id = any (app.open_one_to_one_ids())
      and p.scheduled_at = p.series_at and p.off_the_record_by_id is null and r.off_the_record_by_id is null
  )
    or exists (select 1 from shared_notes n where n.conversation_id = planned and n.version > 0)
    or exists (select 1 from action_item i where i.made_in_id = planned)
    or exists (
      select 1 from talking_point t
      where t.one_to_one_id = (select p.one_to_one_id from conversation p where p.id = planned) and not t.draft
        and (t.raised_in_id = planned or t.conversation_id = planned and t.discussed)
    )
    or (
      select count(*) from conversation_feedback f
      where f.conversation_id = planned and app.is_feedback_offered(f.offered, f.offered_in)
    ) = 2 then
    return false;
  end if;
  -- Points that were put off before the other conversation closed wait again.
  with waiting as (
    update talking_point_carry k set to_id = null
    where k.from_id = reopened and k.to_id = planned and k.postponed returning k.point_id
  ), placed as (
    select p.id, row_number() over (order by p.position, p.id) + app.last_waiting_position(p.one_to_one_id) as position
    from talking_point p join waiting w on w.point_id = p.id where p.conversation_id = planned
  )
  update talking_point t set conversation_id = null, position = placed.position from placed where t.id = placed.id;
  -- What was counted because this conversation was planned, and because points were put off from it.
  with back as (
    delete from talking_point_carry k
    where k.from_id = reopened and k.to_id = planned and not k.postponed or k.from_id = planned and k.postponed
    returning k.point_id, k.discussed
  )
  update talking_point t set times_carried = greatest(t.times_carried - counted.times, 0)
  from (select b.point_id, count(*) filter (where not b.discussed)::integer as times from back b group by 1) counted
  where t.id = counted.point_id;
  update talking_point_carry k set to_id = reopened where k.to_id = planned;
  -- Drafts that were raised there, also those that were carried further.
  update talking_point t set raised_in_id = reopened
  where t.one_to_one_id = (select p.one_to_one_id from conversation p where p.id = planned) and t.raised_in_id = planned;
  update talking_point t set conversation_id = reopened, position = placed.position
  from (
    select p.id, row_number() over (order by p.position, p.id) + coalesce((
      select max(there.position) from talking_point there where there.conversation_id = reopened
    ), 0) as position
    from talking_point p where p.conversation_id = planned
  ) placed
  where t.id = placed.id;
  insert into private_notes as kept (conversation_id, author_id, organization_id, text)
  select reopened, w.author_id, w.organization_id, string_agg(w.text, E'\n\n' order by w.place)
  from (
    select 1 as place, n.author_id, n.organization_id, n.text from private_notes n where n.conversation_id = planned and n.text <> ''
    union all
    select 2, f.author_id, f.organization_id, f.better from conversation_feedback f
    where f.conversation_id = planned and f.better is not null
  ) w
  group by w.author_id, w.organization_id
  on conflict (conversation_id, author_id)
    do update set text = concat_ws(E'\n\n', nullif(kept.text, ''), excluded.text), version = kept.version + 1, updated_at = now();
  delete from conversation c where c.id = planned;
  return true;
end $function$;

CREATE OR REPLACE FUNCTION app.without_lines(page text, words text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with line as (
    select l.place, case when app.words_of_line(l.words) = any (without_lines.words) then null else l.words end as words
    from string_to_table(page, E'\n') with ordinality l (words, place)
  ), kept as (
    select place, words from (
      select place, words, lag(words is null) over (order by place) as follows_removed from line
    ) l where words is not null or follows_removed is not true
  ), marked as (
    select string_agg(coalesce(words, app.removed_words()), E'\n' order by place) as long,
      string_agg(coalesce(words, '·'), E'\n' order by place) as short
    from kept
  )
  select coalesce(case when char_length(long) <= greatest(20000, char_length(page)) then long else short end, '') from marked
$function$;

CREATE OR REPLACE FUNCTION app.without_person(errors jsonb, named person)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select coalesce(jsonb_agg(
    case when exists (
      select from unnest(array[named.name, named.email, named.external_id]) w (word)
      where position(w.word in e.value ->> 'message') > 0
    ) then e.value || jsonb_build_object('message', app.removed_words()) else e.value end order by e.place
  ), '[]')
  from jsonb_array_elements(errors) with ordinality e (value, place)
$function$;

CREATE OR REPLACE FUNCTION app.words_of_line(line text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select rtrim(regexp_replace(
    regexp_replace(
      regexp_replace(line, '[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]', '', 'g'),
      '[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+', ' ', 'g'
    ),
    '^(?: |>|[-*+](?= |$)|#{1,6}(?= |$)|[0-9]{1,9}[.)](?= |$)|\[[ xX]\](?= |$))+', ''
  ))
$function$;

CREATE OR REPLACE FUNCTION public.finite_number(number double precision)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((number IS NULL) OR (number = (0)::double precision) OR ((abs(number) >= (0.000000000000001)::double precision) AND (abs(number) <= ('1000000000000000'::numeric)::double precision)));

CREATE OR REPLACE FUNCTION public.folded_address(address text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
-- Names with their schema: where indexes are built, the search path is pg_catalog alone.
declare
  folded text;
  local_part text;
begin
  if address !~ '[^\x21-\x7e]' then
    return lower(address collate "C");
  end if;
  folded := normalize(
    lower(replace(replace(replace(public.without_forms(address), ' ', ''), U&'\3002', '.'), 'Σ', 'σ') collate pg_unicode_fast), nfc);
  local_part := coalesce(substring(folded from '^.*@'), '');
  return replace(local_part, 'ς', 'σ') || coalesce((
    select string_agg(case when label ~ '[^\u0001-\u007f]' then 'xn--' || public.punycode(label) else label end, '.' order by place)
    from unnest(string_to_array(substr(folded, char_length(local_part) + 1), '.')) with ordinality as l (label, place)
  ), '');
end $function$;

CREATE OR REPLACE FUNCTION public.folded_id(id text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN folded_name(id);

CREATE OR REPLACE FUNCTION public.folded_name(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE WHEN (words !~ '[^\x20-\x7e]'::text) THEN btrim(regexp_replace(lower((words COLLATE pg_unicode_fast)), ' +'::text, ' '::text, 'g'::text)) ELSE btrim(regexp_replace(NORMALIZE(replace(replace(lower(upper(lower((without_forms(words) COLLATE pg_unicode_fast)))), 'ς'::text, 'σ'::text), 'i̇'::text, 'i'::text), NFKC), ' +'::text, ' '::text, 'g'::text)) END;

-- graphile_worker.add_job(text,json,text,timestamp with time zone,integer,text,integer,text[],text): md5 68c9e2bf264d1dfb8f61d7f1580d3c61

-- graphile_worker.add_jobs(graphile_worker.job_spec[],boolean): md5 61d9be6bce7b8dd3813e608b202fc69a

-- graphile_worker.complete_jobs(bigint[]): md5 edb1c1a9c9ffb29539200a2fb2deddc1

-- graphile_worker.force_unlock_workers(text[]): md5 cbde9c2d4441b777593279966ad5fcdc

-- graphile_worker.permanently_fail_jobs(bigint[],text): md5 d67bd731671d5d7677a7236a70f93e69

-- graphile_worker.remove_job(text): md5 c29a611a79a100821c227d9ee7d318bd

-- graphile_worker.reschedule_jobs(bigint[],timestamp with time zone,integer,integer,integer): md5 e6add9b49f952bfe73b5e98a5452eb61

CREATE OR REPLACE FUNCTION public.id_twin_key(id text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN regexp_replace(replace(folded_id(id), ' '::text, ''::text), '^0+(?=.)'::text, ''::text);

CREATE OR REPLACE FUNCTION public.punycode(label text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
declare
  codes integer[] := array(select ascii(c) from regexp_split_to_table(label, '') with ordinality as s (c, place) order by place);
  output text := regexp_replace(label, '[^\u0001-\u007f]', '', 'g');
  basic integer := char_length(output);
  handled integer := basic;
  n integer := 128;
  delta bigint := 0;
  bias integer := 72;
  next integer;
  code integer;
  rest bigint;
  k integer;
  threshold integer;
begin
  if basic > 0 then
    output := output || '-';
  end if;
  while handled < cardinality(codes) loop
    select min(c) into next from unnest(codes) c where c >= n;
    delta := delta + (next - n)::bigint * (handled + 1);
    n := next;
    foreach code in array codes loop
      if code < n then
        delta := delta + 1;
      end if;
      continue when code <> n;
      rest := delta;
      k := 36;
      loop
        threshold := least(greatest(k - bias, 1), 26);
        exit when rest < threshold;
        output := output || substr('abcdefghijklmnopqrstuvwxyz0123456789', (threshold + (rest - threshold) % (36 - threshold))::integer + 1, 1);
        rest := (rest - threshold) / (36 - threshold);
        k := k + 36;
      end loop;
      output := output || substr('abcdefghijklmnopqrstuvwxyz0123456789', rest::integer + 1, 1);
      rest := case when handled = basic then delta / 700 else delta / 2 end;
      rest := rest + rest / (handled + 1);
      k := 0;
      while rest > 455 loop
        rest := rest / 35;
        k := k + 36;
      end loop;
      bias := k + (36 * rest / (rest + 38))::integer;
      delta := 0;
      handled := handled + 1;
    end loop;
    delta := delta + 1;
    n := n + 1;
  end loop;
  return output;
end $function$;

CREATE OR REPLACE FUNCTION public.searchable(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE WHEN (words !~ '[^\u0009-\u000d\u0020-\u007e]'::text) THEN regexp_replace(lower((words COLLATE pg_unicode_fast)), '[\u0009-\u000d\u0020]+'::text, ' '::text, 'g'::text) ELSE NORMALIZE(replace(replace(replace(translate(lower(upper(lower((regexp_replace(NORMALIZE(without_forms(words), NFKD), '[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+'::text, ''::text, 'g'::text) COLLATE pg_unicode_fast)))), 'ςøłđðħŧŋĸəǝɛƀɓƈɖɗƒǥɠɨɉƙƚɫɬɱɲƞɵƥɍɽʂȿƭʈʉʋⱳƴɏƶȥʐґ’‘ʼʻ‐‑‒–—'::text, 'σolddhtnkeeebbcddfggijklllmnnoprrssttuvwyyzzzг''''''''-----'::text), 'æ'::text, 'ae'::text), 'œ'::text, 'oe'::text), 'þ'::text, 'th'::text), NFKC) END;

CREATE OR REPLACE FUNCTION public.without_forms(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE WHEN (words !~ '[^\x20-\x7e]'::text) THEN words ELSE regexp_replace(NORMALIZE(regexp_replace(words, '[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028-\u2029\u202f\u205f\u3000]+'::text, ' '::text, 'g'::text), NFKC), '[\u0001-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U0001fffe-\U0001ffff\U0002fffe-\U0002ffff\U0003fffe-\U0003ffff\U0004fffe-\U0004ffff\U0005fffe-\U0005ffff\U0006fffe-\U0006ffff\U0007fffe-\U0007ffff\U0008fffe-\U0008ffff\U0009fffe-\U0009ffff\U000afffe-\U000affff\U000bfffe-\U000bffff\U000cfffe-\U000cffff\U000dfffe-\U000e0fff\U000efffe-\U000effff\U000ffffe-\U000fffff\U0010fffe-\U0010ffff]+'::text, ''::text, 'g'::text) END;

-- Grants: to the owner none are listed, since it may do everything

grant select on column account.created_at to mutual_app;
grant select on column account.organization_id to mutual_app;
grant select on column account.person_id to mutual_app;
grant select on column account.sign_in_address to mutual_app;
grant select on column action_item.closed_at to mutual_app;
grant select on column action_item.created_at to mutual_app;
grant insert, select on column action_item.created_by_id to mutual_app;
grant select on column action_item.due_at to mutual_app;
grant insert, select, update on column action_item.due_on to mutual_app;
grant select on column action_item.due_set_by_owner to mutual_app;
grant select on column action_item.id to mutual_app;
grant select on column action_item.kept to mutual_app;
grant select on column action_item.late_at to mutual_app;
grant insert, select on column action_item.made_in_id to mutual_app;
grant insert, select on column action_item.one_to_one_id to mutual_app;
grant insert, select on column action_item.organization_id to mutual_app;
grant insert, select on column action_item.owner_id to mutual_app;
grant select on column action_item.renegotiated to mutual_app;
grant select, update on column action_item.state to mutual_app;
grant insert, select, update on column action_item.text to mutual_app;
grant select, update on column action_item.version to mutual_app;
grant select, update on column action_item_version.at to mutual_app;
grant insert, select on column action_item_version.author_id to mutual_app;
grant insert, select on column action_item_version.item_id to mutual_app;
grant insert, select on column action_item_version.organization_id to mutual_app;
grant select on column action_item_version.started_at to mutual_app;
grant insert, select, update on column action_item_version.text to mutual_app;
grant insert, select, update on column action_item_version.version to mutual_app;
grant select on column agenda_template.id to mutual_app;
grant insert, select, update on column agenda_template.name to mutual_app;
grant insert, select on column agenda_template.organization_id to mutual_app;
grant insert, select on column agenda_template.owner_id to mutual_app;
grant insert, select, update on column agenda_template.points to mutual_app;
grant select, update on column agenda_template.version to mutual_app;
grant insert, select on column alignment.business_goal_id to mutual_app;
grant insert, select, update on column alignment.how to mutual_app;
grant select on column alignment.id to mutual_app;
grant insert, select on column alignment.organization_id to mutual_app;
grant insert, select on column alignment.owner_id to mutual_app;
grant insert, select on column alignment.personal_goal_id to mutual_app;
grant select on column alignment.proposed_at to mutual_app;
grant insert, select on column alignment.proposed_by_id to mutual_app;
grant insert, select, update on column alignment.state to mutual_app;
grant insert, select on column alignment_decline.alignment_id to mutual_app;
grant select on column alignment_decline.declined_at to mutual_app;
grant insert, select on column alignment_decline.organization_id to mutual_app;
grant insert, select on column alignment_decline.owner_id to mutual_app;
grant select on column alignment_own.alignment_id to mutual_app;
grant select on column alignment_own.created_at to mutual_app;
grant select on column alignment_own.how_by_id to mutual_app;
grant select on column alignment_own.organization_id to mutual_app;
grant select on column alignment_own.owner_id to mutual_app;
grant select on column alignment_own.proposed_by_id to mutual_app;
grant insert, select on column audit_entry.action to mutual_app;
grant insert, select on column audit_entry.actor_id to mutual_app;
grant select on column audit_entry.at to mutual_app;
grant select on column audit_entry.id to mutual_app;
grant insert, select on column audit_entry.organization_id to mutual_app;
grant insert, select on column audit_entry.subject to mutual_app;
grant select on column barrier.answer_due_on to mutual_app;
grant select on column barrier.created_on to mutual_app;
grant insert, select on column barrier.description to mutual_app;
grant select on column barrier.first_due_on to mutual_app;
grant insert, select on column barrier.hinders_customers to mutual_app;
grant select on column barrier.id to mutual_app;
grant insert, select on column barrier.organization_id to mutual_app;
grant insert, select, update on column barrier.procedure_area_id to mutual_app;
grant insert, select on column barrier.proposed_remedy to mutual_app;
grant insert, select on column barrier.raised_by_id to mutual_app;
grant select on column barrier.status to mutual_app;
grant insert, select on column barrier.title to mutual_app;
grant select on column barrier.trial_kept to mutual_app;
grant select on column barrier.trial_until to mutual_app;
grant select on column barrier_answer.at to mutual_app;
grant insert, select on column barrier_answer.barrier_id to mutual_app;
grant insert, select on column barrier_answer.by_id to mutual_app;
grant insert, select on column barrier_answer.cost_to_others to mutual_app;
grant insert, select on column barrier_answer.got_it_wrong to mutual_app;
grant select on column barrier_answer.id to mutual_app;
grant insert, select on column barrier_answer.loss_last_happened to mutual_app;
grant insert, select on column barrier_answer.losses_a_year to mutual_app;
grant insert, select on column barrier_answer.organization_id to mutual_app;
grant insert, select on column barrier_answer.required_by_law to mutual_app;
grant insert, select on column barrier_answer.status to mutual_app;
grant insert, select on column barrier_answer.text to mutual_app;
grant insert, select on column barrier_answer.trial_until to mutual_app;
grant insert, select on column barrier_support.barrier_id to mutual_app;
grant insert, select on column barrier_support.organization_id to mutual_app;
grant insert, select on column barrier_support.person_id to mutual_app;
grant insert, select on column business_goal.continues_id to mutual_app;
grant insert, select, update on column business_goal.cycle_id to mutual_app;
grant insert, select, update on column business_goal.description to mutual_app;
grant select on column business_goal.health to mutual_app;
grant select on column business_goal.id to mutual_app;
grant select on column business_goal.listed_at to mutual_app;
grant insert, select on column business_goal.organization_id to mutual_app;
grant insert, select on column business_goal.owner_id to mutual_app;
grant insert, select, update on column business_goal.parent_id to mutual_app;
grant insert, select, update on column business_goal.progress_by_hand to mutual_app;
grant insert, select, update on column business_goal.state to mutual_app;
grant insert, select, update on column business_goal.title to mutual_app;
grant select, update on column business_goal.version to mutual_app;
grant insert, select on column business_goal_assignee.business_goal_id to mutual_app;
grant insert, select on column business_goal_assignee.organization_id to mutual_app;
grant insert, select on column business_goal_assignee.person_id to mutual_app;
grant select on column check_in.at to mutual_app;
grant insert, select on column check_in.author_id to mutual_app;
grant insert, select on column check_in.business_goal_id to mutual_app;
grant insert, select on column check_in.confidence to mutual_app;
grant insert, select on column check_in.health to mutual_app;
grant select on column check_in.id to mutual_app;
grant insert, select on column check_in.organization_id to mutual_app;
grant insert, select on column check_in.text to mutual_app;
grant insert, select, update on column conversation.closed_at to mutual_app;
grant select on column conversation.created_at to mutual_app;
grant insert, select, update on column conversation.held_at to mutual_app;
grant select on column conversation.id to mutual_app;
grant select on column conversation.notes_import_id to mutual_app;
grant select, update on column conversation.off_the_record_by_id to mutual_app;
grant insert, select on column conversation.one_to_one_id to mutual_app;
grant insert, select on column conversation.organization_id to mutual_app;
grant insert, select on column conversation.planned_after_id to mutual_app;
grant select on column conversation.reminded_after to mutual_app;
grant select on column conversation.reminded_before to mutual_app;
grant insert, select, update on column conversation.scheduled_at to mutual_app;
grant insert, select, update on column conversation.series_at to mutual_app;
grant insert, select, update on column conversation.status to mutual_app;
grant select, update on column conversation.version to mutual_app;
grant insert, select on column conversation_feedback.author_id to mutual_app;
grant insert, select, update on column conversation_feedback.better to mutual_app;
grant insert, select on column conversation_feedback.conversation_id to mutual_app;
grant select on column conversation_feedback.id to mutual_app;
grant insert, select, update on column conversation_feedback.offered to mutual_app;
grant insert, select on column conversation_feedback.organization_id to mutual_app;
grant insert, select, update on column conversation_feedback.worth_it to mutual_app;
grant insert, select, update on column cycle.ends_on to mutual_app;
grant select on column cycle.id to mutual_app;
grant insert, select, update on column cycle.name to mutual_app;
grant insert, select on column cycle.organization_id to mutual_app;
grant insert, select, update on column cycle.starts_on to mutual_app;
grant insert, select on column data_export.content to mutual_app;
grant select on column data_export.expires_at to mutual_app;
grant select on column data_export.id to mutual_app;
grant insert, select on column data_export.organization_id to mutual_app;
grant insert, select on column data_export.person_id to mutual_app;
grant select on column data_export.ready_at to mutual_app;
grant select on column data_export.requested_at to mutual_app;
grant select on column data_export.sha256 to mutual_app;
grant select on column department.id to mutual_app;
grant insert, select, update on column department.name to mutual_app;
grant insert, select on column department.organization_id to mutual_app;
grant select on column employment_end.ended_at to mutual_app;
grant insert, select, update on column employment_end.ended_on to mutual_app;
grant select on column employment_end.last_day_at to mutual_app;
grant insert, select on column employment_end.organization_id to mutual_app;
grant insert, select on column employment_end.person_id to mutual_app;
grant select on column engagement_period.answers_destroyed_at to mutual_app;
grant select on column engagement_period.ends_at to mutual_app;
grant select on column engagement_period.ends_on to mutual_app;
grant select on column engagement_period.granularity to mutual_app;
grant select on column engagement_period.id to mutual_app;
grant select on column engagement_period.key to mutual_app;
grant select on column engagement_period.minimum_group_size to mutual_app;
grant select on column engagement_period.opened_at to mutual_app;
grant select on column engagement_period.organization_id to mutual_app;
grant select on column engagement_period.quarter_id to mutual_app;
grant select on column engagement_period.rewritten_at to mutual_app;
grant select on column engagement_period.starts_at to mutual_app;
grant select on column engagement_period.starts_on to mutual_app;
grant select on column erasure.executes_at to mutual_app;
grant select on column erasure.id to mutual_app;
grant insert, select on column erasure.organization_id to mutual_app;
grant insert, select on column erasure.person_id to mutual_app;
grant select on column erasure.requested_at to mutual_app;
grant select on column goal_access.goal_id to mutual_app;
grant select on column goal_access.kind to mutual_app;
grant select on column goal_access.on_day to mutual_app;
grant select on column goal_access.organization_id to mutual_app;
grant select on column goal_access.owner_id to mutual_app;
grant select on column goal_access.reader_id to mutual_app;
grant select on column goal_share.became_active_at to mutual_app;
grant select, update on column goal_share.ended_at to mutual_app;
grant insert, select, update on column goal_share.expires_at to mutual_app;
grant insert, select on column goal_share.goal_id to mutual_app;
grant select on column goal_share.id to mutual_app;
grant insert, select, update on column goal_share.includes_past to mutual_app;
grant select on column goal_share.line_id to mutual_app;
grant insert, select on column goal_share.organization_id to mutual_app;
grant insert, select on column goal_share.owner_id to mutual_app;
grant insert, select, update on column goal_share.waiting to mutual_app;
grant insert, select on column goal_share.with_id to mutual_app;
grant select on column goal_share_own.created_at to mutual_app;
grant select on column goal_share_own.organization_id to mutual_app;
grant select on column goal_share_own.owner_id to mutual_app;
grant select on column goal_share_own.share_id to mutual_app;
grant insert, select, update on column goal_update.at to mutual_app;
grant insert, select on column goal_update.author_id to mutual_app;
grant insert, select on column goal_update.goal_id to mutual_app;
grant select on column goal_update.id to mutual_app;
grant insert, select, update on column goal_update.measured_value to mutual_app;
grant insert, select on column goal_update.organization_id to mutual_app;
grant insert, select, update on column goal_update.text to mutual_app;
grant select on column handover.completed_at to mutual_app;
grant insert, select on column handover.from_id to mutual_app;
grant insert, select on column handover.line_id to mutual_app;
grant insert, select on column handover.opened_on to mutual_app;
grant insert, select on column handover.organization_id to mutual_app;
grant insert, select on column handover.person_id to mutual_app;
grant insert, select on column handover.to_id to mutual_app;
grant insert, select on column handover_offer."position" to mutual_app;
grant select, update on column handover_offer.action_item_id to mutual_app;
grant insert, select on column handover_offer.day to mutual_app;
grant select on column handover_offer.id to mutual_app;
grant insert, select on column handover_offer.kind to mutual_app;
grant insert, select on column handover_offer.line_id to mutual_app;
grant select, update on column handover_offer.mandate_id to mutual_app;
grant insert, select on column handover_offer.organization_id to mutual_app;
grant insert, select on column handover_offer.text to mutual_app;
grant select on column import_outcome.absent to mutual_app;
grant select on column import_outcome.absent_count to mutual_app;
grant select on column import_outcome.changed to mutual_app;
grant select on column import_outcome.created to mutual_app;
grant select on column import_outcome.ended to mutual_app;
grant select on column import_outcome.error_count to mutual_app;
grant select on column import_outcome.errors to mutual_app;
grant select on column import_outcome.managers_changed to mutual_app;
grant select on column import_outcome.organization_id to mutual_app;
grant select on column import_outcome.report_id to mutual_app;
grant select on column import_outcome.restored to mutual_app;
grant select on column import_outcome.token_id to mutual_app;
grant select on column import_outcome.unchanged to mutual_app;
grant select on column import_report.at to mutual_app;
grant select on column import_report.by_id to mutual_app;
grant select on column import_report.dry_run to mutual_app;
grant select on column import_report.error_count to mutual_app;
grant select on column import_report.errors to mutual_app;
grant select on column import_report.id to mutual_app;
grant select on column import_report.organization_id to mutual_app;
grant select on column import_report.rows to mutual_app;
grant select on column import_report.token_id to mutual_app;
grant select on column invitation.accepted_at to mutual_app;
grant select on column invitation.expires_at to mutual_app;
grant select on column invitation.id to mutual_app;
grant select on column invitation.organization_id to mutual_app;
grant select on column invitation.person_id to mutual_app;
grant select on column invitation.sent_at to mutual_app;
grant select on column invitation.sent_by to mutual_app;
grant insert, select, update on column key_result."position" to mutual_app;
grant insert, select on column key_result.business_goal_id to mutual_app;
grant insert, select, update on column key_result.current_value to mutual_app;
grant select on column key_result.id to mutual_app;
grant insert, select on column key_result.organization_id to mutual_app;
grant insert, select, update on column key_result.start_value to mutual_app;
grant insert, select, update on column key_result.target_value to mutual_app;
grant insert, select, update on column key_result.title to mutual_app;
grant insert, select, update on column key_result.unit to mutual_app;
grant select on column location.id to mutual_app;
grant insert, select, update on column location.name to mutual_app;
grant insert, select on column location.organization_id to mutual_app;
grant select, update on column mandate.ended_at to mutual_app;
grant select on column mandate.expires_at to mutual_app;
grant insert, select on column mandate.granted_by_id to mutual_app;
grant select on column mandate.id to mutual_app;
grant insert, select, update on column mandate.last_day to mutual_app;
grant insert, select on column mandate.line_id to mutual_app;
grant insert, select on column mandate.organization_id to mutual_app;
grant select, update on column mandate.published to mutual_app;
grant insert, select, update on column mandate.text to mutual_app;
grant insert, select on column mandate.to_id to mutual_app;
grant select on column mandate_own.granted_at to mutual_app;
grant select on column mandate_own.granted_by_id to mutual_app;
grant select on column mandate_own.mandate_id to mutual_app;
grant select on column mandate_own.organization_id to mutual_app;
grant select, update on column mandate_own.publication_asked_by_id to mutual_app;
grant select on column mandate_own.text_by_id to mutual_app;
grant select on column mandate_own.to_id to mutual_app;
grant select on column mandate_own.version to mutual_app;
grant insert, select, update on column milestone."position" to mutual_app;
grant insert, select on column milestone.goal_id to mutual_app;
grant select on column milestone.id to mutual_app;
grant insert, select on column milestone.organization_id to mutual_app;
grant insert, select on column milestone.owner_id to mutual_app;
grant insert, select, update on column milestone.reached_at to mutual_app;
grant insert, select, update on column milestone.reached_on to mutual_app;
grant insert, select, update on column milestone.title to mutual_app;
grant select on column notes_import.accepted_at to mutual_app;
grant select on column notes_import.id to mutual_app;
grant insert, select on column notes_import.one_to_one_id to mutual_app;
grant insert, select on column notes_import.organization_id to mutual_app;
grant select on column notes_import.proposed_at to mutual_app;
grant insert, select on column notes_import.proposed_by_id to mutual_app;
grant insert, select on column notes_import_section.held_on to mutual_app;
grant insert, select on column notes_import_section.import_id to mutual_app;
grant insert, select on column notes_import_section.organization_id to mutual_app;
grant insert, select on column notes_import_section.text to mutual_app;
grant insert, select, update on column one_to_one.duration_minutes to mutual_app;
grant select, update on column one_to_one.ended_at to mutual_app;
grant insert, select on column one_to_one.first_id to mutual_app;
grant select on column one_to_one.id to mutual_app;
grant select on column one_to_one.invited_at to mutual_app;
grant insert, select, update on column one_to_one.line_id to mutual_app;
grant insert, select on column one_to_one.organization_id to mutual_app;
grant select on column one_to_one.pause_began_at to mutual_app;
grant select on column one_to_one.pause_ends_at to mutual_app;
grant select on column one_to_one.pause_over_at to mutual_app;
grant select, update on column one_to_one.paused_until to mutual_app;
grant insert, select, update on column one_to_one.recurrence to mutual_app;
grant insert, select, update on column one_to_one.recurrence_starts_at to mutual_app;
grant insert, select on column one_to_one.second_id to mutual_app;
grant insert, select on column one_to_one.started_by_id to mutual_app;
grant insert, select, update on column one_to_one.state to mutual_app;
grant insert, select, update on column one_to_one.time_zone to mutual_app;
grant select, update on column one_to_one.version to mutual_app;
grant select on column one_to_one_decline.declined_at to mutual_app;
grant insert, select on column one_to_one_decline.one_to_one_id to mutual_app;
grant insert, select on column one_to_one_decline.organization_id to mutual_app;
grant insert, select on column one_to_one_decline.person_id to mutual_app;
grant select, update on column organization.access_log_retention_months to mutual_app;
grant select, update on column organization.conversation_retention_months to mutual_app;
grant select on column organization.created_at to mutual_app;
grant select on column organization.id to mutual_app;
grant select, update on column organization.leaders_share_first to mutual_app;
grant select, update on column organization.minimum_group_size to mutual_app;
grant select, update on column organization.name to mutual_app;
grant select, update on column organization.pulse_rhythm to mutual_app;
grant select on column organization.purpose to mutual_app;
grant select, update on column organization.time_zone to mutual_app;
grant select, update on column organization.trends_published_after_days to mutual_app;
grant select, update on column organization.trends_visible_to to mutual_app;
grant select on column person.created_at to mutual_app;
grant insert, select, update on column person.department_id to mutual_app;
grant insert, select, update on column person.email to mutual_app;
grant insert, update on column person.external_id to mutual_app;
grant insert, select, update on column person.hired_on to mutual_app;
grant select on column person.id to mutual_app;
grant insert, select, update on column person.location_id to mutual_app;
grant insert, select, update on column person.name to mutual_app;
grant insert, select on column person.organization_id to mutual_app;
grant select on column person.search_text to mutual_app;
grant insert, select, update on column person.title to mutual_app;
grant insert, select on column person_preference.organization_id to mutual_app;
grant insert, select on column person_preference.person_id to mutual_app;
grant insert, select, update on column person_preference.reminders_by_mail to mutual_app;
grant select on column person_time_zone.organization_id to mutual_app;
grant select on column person_time_zone.person_id to mutual_app;
grant select, update on column person_time_zone.time_zone to mutual_app;
grant insert, select, update on column personal_goal.horizon to mutual_app;
grant select on column personal_goal.id to mutual_app;
grant insert, select, update on column personal_goal.measure_current to mutual_app;
grant insert, select, update on column personal_goal.measure_start to mutual_app;
grant insert, select, update on column personal_goal.measure_target to mutual_app;
grant insert, select, update on column personal_goal.measure_unit to mutual_app;
grant insert, select, update on column personal_goal.open_to_proposals to mutual_app;
grant insert, select on column personal_goal.organization_id to mutual_app;
grant insert, select on column personal_goal.owner_id to mutual_app;
grant insert, select, update on column personal_goal.status to mutual_app;
grant insert, select, update on column personal_goal.target_on to mutual_app;
grant insert, select, update on column personal_goal.title to mutual_app;
grant insert, select, update on column personal_goal.visibility to mutual_app;
grant insert, select, update on column personal_goal.why to mutual_app;
grant insert, select, update on column personal_goal_own.area to mutual_app;
grant select on column personal_goal_own.created_at to mutual_app;
grant insert, select on column personal_goal_own.goal_id to mutual_app;
grant insert, select on column personal_goal_own.organization_id to mutual_app;
grant insert, select on column personal_goal_own.owner_id to mutual_app;
grant select, update on column personal_goal_own.updated_at to mutual_app;
grant select, update on column personal_goal_own.version to mutual_app;
grant select on column personal_goal_version.at to mutual_app;
grant insert, select on column personal_goal_version.goal_id to mutual_app;
grant insert, select on column personal_goal_version.organization_id to mutual_app;
grant insert, select on column personal_goal_version.owner_id to mutual_app;
grant insert, select on column personal_goal_version.title to mutual_app;
grant insert, select on column personal_goal_version.version to mutual_app;
grant insert, select on column personal_goal_version.why to mutual_app;
grant insert, select on column private_notes.author_id to mutual_app;
grant insert, select on column private_notes.conversation_id to mutual_app;
grant insert, select on column private_notes.organization_id to mutual_app;
grant insert, select, update on column private_notes.text to mutual_app;
grant select, update on column private_notes.updated_at to mutual_app;
grant select, update on column private_notes.version to mutual_app;
grant insert, select, update on column procedure_area.answerer_id to mutual_app;
grant insert, select, update on column procedure_area.deputy_id to mutual_app;
grant select on column procedure_area.id to mutual_app;
grant insert, select, update on column procedure_area.name to mutual_app;
grant insert, select on column procedure_area.organization_id to mutual_app;
grant select on column pulse.closes_at to mutual_app;
grant select on column pulse.id to mutual_app;
grant select on column pulse.organization_id to mutual_app;
grant select on column pulse.period_id to mutual_app;
grant select on column pulse.quarter_id to mutual_app;
grant select on column pulse_question."position" to mutual_app;
grant select on column pulse_question.driver to mutual_app;
grant select on column pulse_question.organization_id to mutual_app;
grant select on column pulse_question.pulse_id to mutual_app;
grant select on column pulse_question.question_id to mutual_app;
grant select on column pulse_question.scale to mutual_app;
grant insert, update on column reporting_line.closed_on to mutual_app;
grant select on column reporting_line.id to mutual_app;
grant insert, select on column reporting_line.kind to mutual_app;
grant insert, select on column reporting_line.manager_id to mutual_app;
grant insert, select on column reporting_line.organization_id to mutual_app;
grant insert, select on column reporting_line.report_id to mutual_app;
grant select on column reporting_line.starts_at to mutual_app;
grant insert, select on column reporting_line.starts_on to mutual_app;
grant select on column reporting_line_end.by_leaving to mutual_app;
grant select on column reporting_line_end.ends_at to mutual_app;
grant select on column reporting_line_end.ends_on to mutual_app;
grant select on column reporting_line_end.leaver_id to mutual_app;
grant select on column reporting_line_end.line_id to mutual_app;
grant select on column reporting_line_end.manager_id to mutual_app;
grant select on column reporting_line_end.organization_id to mutual_app;
grant select on column reporting_line_end.report_id to mutual_app;
grant select on column role_grant.granted_at to mutual_app;
grant insert, select on column role_grant.granted_by to mutual_app;
grant insert, select on column role_grant.organization_id to mutual_app;
grant insert, select on column role_grant.person_id to mutual_app;
grant insert, select on column role_grant.role to mutual_app;
grant select on column session.created_at to mutual_app;
grant insert, select on column session.created_by to mutual_app;
grant insert, select on column session.expires_at to mutual_app;
grant select on column session.id to mutual_app;
grant insert, select on column session.label to mutual_app;
grant select on column session.last_seen_at to mutual_app;
grant insert, select on column session.organization_id to mutual_app;
grant select on column session.person_id to mutual_app;
grant select, update on column session.revoked_at to mutual_app;
grant insert, select on column session.scopes to mutual_app;
grant insert on column session.token_hash to mutual_app;
grant select on column shared_notes.conversation_id to mutual_app;
grant select on column shared_notes.id to mutual_app;
grant select on column shared_notes.organization_id to mutual_app;
grant select, update on column shared_notes.text to mutual_app;
grant select, update on column shared_notes.updated_at to mutual_app;
grant select, update on column shared_notes.updated_by_id to mutual_app;
grant select, update on column shared_notes.version to mutual_app;
grant select, update on column shared_notes_version.at to mutual_app;
grant insert, select on column shared_notes_version.author_id to mutual_app;
grant insert, select on column shared_notes_version.notes_id to mutual_app;
grant insert, select on column shared_notes_version.organization_id to mutual_app;
grant select on column shared_notes_version.started_at to mutual_app;
grant insert, select, update on column shared_notes_version.text to mutual_app;
grant insert, select, update on column shared_notes_version.version to mutual_app;
grant insert, select on column story.barrier_id to mutual_app;
grant select on column story.created_on to mutual_app;
grant select on column story.id to mutual_app;
grant insert, select on column story.organization_id to mutual_app;
grant insert, select on column story.text to mutual_app;
grant insert, select on column story_adoption.organization_id to mutual_app;
grant insert, select on column story_adoption.person_id to mutual_app;
grant insert, select on column story_adoption.story_id to mutual_app;
grant select, update on column story_author.named to mutual_app;
grant select on column story_author.organization_id to mutual_app;
grant select on column story_author.person_id to mutual_app;
grant select on column story_author.story_id to mutual_app;
grant insert, select, update on column talking_point."position" to mutual_app;
grant insert, select on column talking_point.author_id to mutual_app;
grant insert, select on column talking_point.conversation_id to mutual_app;
grant select, update on column talking_point.discussed to mutual_app;
grant insert, select, update on column talking_point.draft to mutual_app;
grant insert, select, update on column talking_point.from_customer to mutual_app;
grant select on column talking_point.id to mutual_app;
grant insert, select on column talking_point.one_to_one_id to mutual_app;
grant insert, select on column talking_point.organization_id to mutual_app;
grant insert, select on column talking_point.question_id to mutual_app;
grant insert, select on column talking_point.raised_in_id to mutual_app;
grant insert, select, update on column talking_point.standing to mutual_app;
grant insert, select, update on column talking_point.text to mutual_app;
grant select on column talking_point.times_carried to mutual_app;
grant select, update on column talking_point.version to mutual_app;
grant select on column talking_point_carry."position" to mutual_app;
grant select on column talking_point_carry.carried_at to mutual_app;
grant select on column talking_point_carry.discussed to mutual_app;
grant select on column talking_point_carry.from_id to mutual_app;
grant select on column talking_point_carry.organization_id to mutual_app;
grant select on column talking_point_carry.point_id to mutual_app;
grant select on column talking_point_carry.postponed to mutual_app;
grant select on column talking_point_carry.to_id to mutual_app;
grant insert, select on column talking_point_subject.author_id to mutual_app;
grant insert, select on column talking_point_subject.business_goal_id to mutual_app;
grant insert, select on column talking_point_subject.organization_id to mutual_app;
grant insert, select on column talking_point_subject.personal_goal_id to mutual_app;
grant insert, select on column talking_point_subject.point_id to mutual_app;
grant select, update on column talking_point_version.at to mutual_app;
grant insert, select on column talking_point_version.author_id to mutual_app;
grant insert, select on column talking_point_version.organization_id to mutual_app;
grant insert, select on column talking_point_version.point_id to mutual_app;
grant select on column talking_point_version.started_at to mutual_app;
grant insert, select, update on column talking_point_version.text to mutual_app;
grant insert, select, update on column talking_point_version.version to mutual_app;
grant select on column trend_cell.bound to mutual_app;
grant select on column trend_cell.definition_version to mutual_app;
grant select on column trend_cell.driver to mutual_app;
grant select on column trend_cell.group_key to mutual_app;
grant select on column trend_cell.metric to mutual_app;
grant select on column trend_cell.organization_id to mutual_app;
grant select on column trend_cell.people_band to mutual_app;
grant select on column trend_cell.release_id to mutual_app;
grant select on column trend_cell.rounded_to to mutual_app;
grant select on column trend_cell.status to mutual_app;
grant select on column trend_cell.tree to mutual_app;
grant select on column trend_cell.value to mutual_app;
grant select on column trend_erratum.at to mutual_app;
grant select on column trend_erratum.id to mutual_app;
grant select on column trend_erratum.organization_id to mutual_app;
grant select on column trend_erratum.release_id to mutual_app;
grant select on column trend_erratum.text to mutual_app;
grant select on column trend_group.head_id to mutual_app;
grant select on column trend_group.key to mutual_app;
grant select on column trend_group.label to mutual_app;
grant select on column trend_group.organization_id to mutual_app;
grant select on column trend_group.parent_key to mutual_app;
grant select on column trend_group.release_id to mutual_app;
grant select on column trend_group.tree to mutual_app;
grant select on column trend_group.valid_from to mutual_app;
grant select on column trend_release.ends_on to mutual_app;
grant select on column trend_release.granularity to mutual_app;
grant select on column trend_release.id to mutual_app;
grant select on column trend_release.minimum_group_size to mutual_app;
grant select on column trend_release.organization_id to mutual_app;
grant select on column trend_release.period_key to mutual_app;
grant select on column trend_release.published_at to mutual_app;
grant select on column trend_release.released_at to mutual_app;
grant select on column trend_release.row_hash to mutual_app;
grant select on column trend_release.starts_on to mutual_app;
grant insert, select on column trend_response.by_id to mutual_app;
grant insert, select, update on column trend_response.due_on to mutual_app;
grant insert, select on column trend_response.group_key to mutual_app;
grant select on column trend_response.id to mutual_app;
grant insert, select on column trend_response.metric to mutual_app;
grant insert, select on column trend_response.organization_id to mutual_app;
grant select, update on column trend_response.outcome to mutual_app;
grant insert, select on column trend_response.release_id to mutual_app;
grant select, update on column trend_response.state to mutual_app;
grant insert, select, update on column trend_response.text to mutual_app;
grant insert, select on column trend_response.tree to mutual_app;
grant select on column trend_response.version to mutual_app;
grant execute on function app.accept_invitation(bytea,text,bytea,text) to mutual_app;
grant execute on function app.accept_notes_import(uuid) to mutual_app;
grant execute on function app.access_ends_at() to mutual_app;
grant execute on function app.account_states(uuid[]) to mutual_app;
grant execute on function app.active_share_ids() to mutual_app;
grant execute on function app.add_trend_cells(uuid,uuid,text[],text[],text[],text[],text[],double precision[],text[],double precision[],text[],integer[]) to mutual_worker;
grant execute on function app.add_trend_figure_people(uuid,uuid,text,text,text[],text[]) to mutual_worker;
grant execute on function app.add_trend_groups(uuid,uuid,text[],text[],text[],text[],uuid[]) to mutual_worker;
grant execute on function app.admit_attempts(text[],double precision[],double precision[],double precision[],double precision[]) to mutual_app;
grant execute on function app.admit_points(uuid) to mutual_app;
grant execute on function app.announce_conversation_changes(integer) to mutual_worker;
grant execute on function app.announce_revealed_feedback(uuid) to mutual_worker;
grant execute on function app.announce_token_ends() to mutual_worker;
grant execute on function app.answer_pulse(uuid,smallint[]) to mutual_app;
grant execute on function app.answerable_area_ids() to mutual_app;
grant execute on function app.apply_address_changes(text) to mutual_app;
grant execute on function app.apply_due_address_changes() to mutual_worker;
grant execute on function app.assigned_goal_ids() to mutual_app;
grant execute on function app.authenticate() to mutual_app;
grant execute on function app.authors_of_lines(uuid) to mutual_app;
grant execute on function app.barrier_supporters(uuid[]) to mutual_app;
grant execute on function app.begin_trend_release(uuid) to mutual_worker;
grant execute on function app.can_transfer_business_goal(uuid) to mutual_app;
grant execute on function app.cancel_address_change(bytea) to mutual_app;
grant execute on function app.carry_points(uuid) to mutual_app;
grant execute on function app.change_password(text,text,bytea,text) to mutual_app;
grant execute on function app.charge_cost(text,double precision,double precision) to mutual_app;
grant execute on function app.claim_idempotency_key(text,text,bytea) to mutual_app;
grant execute on function app.close_reporting_lines_of_leavers(uuid,date) to mutual_app;
grant execute on function app.complete_trend_release(uuid,uuid) to mutual_worker;
grant execute on function app.confirm_address_change(bytea) to mutual_app;
grant execute on function app.count_daily(text,text[],integer) to mutual_app;
grant execute on function app.declined_one_to_one_ids() to mutual_app;
grant execute on function app.delete_expired_access_log(integer) to mutual_worker;
grant execute on function app.delete_expired_action_items(integer) to mutual_worker;
grant execute on function app.delete_expired_conversations(integer) to mutual_worker;
grant execute on function app.delete_expired_exports(integer) to mutual_worker;
grant execute on function app.delete_expired_keys_and_throttles() to mutual_worker;
grant execute on function app.delete_expired_links() to mutual_worker;
grant execute on function app.delete_finished_erasures(integer) to mutual_worker;
grant execute on function app.delete_lapsed_notes_imports(integer) to mutual_worker;
grant execute on function app.delete_lapsed_proposals() to mutual_worker;
grant execute on function app.delete_undeliverable_mail() to mutual_worker;
grant execute on function app.destroy_overdue_pulse_answers() to mutual_worker;
grant execute on function app.destroy_pulse_answers(uuid) to mutual_worker;
grant execute on function app.directory_organization() to mutual_app;
grant execute on function app.due_trend_periods() to mutual_worker;
grant execute on function app.end_of_day(date,text) to mutual_app;
grant execute on function app.ended_sessions(text[]) to mutual_app;
grant execute on function app.erase_person(uuid) to mutual_worker;
grant execute on function app.erasure_preview() to mutual_app;
grant execute on function app.external_ids(uuid[]) to mutual_app;
grant execute on function app.feedback_at(uuid) to mutual_app;
grant execute on function app.find_people(text,uuid,uuid,boolean,uuid,boolean,text[],text,uuid,boolean,integer) to mutual_app;
grant execute on function app.forget_point_subject(uuid) to mutual_app;
grant execute on function app.forget_pulse_participation(integer) to mutual_worker;
grant execute on function app.forget_trend_history() to mutual_worker;
grant execute on function app.forget_trend_months(uuid) to mutual_worker;
grant execute on function app.forgive_attempts(text[],text[]) to mutual_app;
grant execute on function app.goal_ids_with_past() to mutual_app;
grant execute on function app.has_passed(timestamp with time zone) to mutual_app;
grant execute on function app.has_shared_content(uuid) to mutual_app;
grant execute on function app.holds_demo_organization() to mutual_app;
grant execute on function app.identity() to mutual_app;
grant execute on function app.import_add(uuid,integer[],text[],text[],text[],text[],text[],text[],text[],date[],date[]) to mutual_app;
grant execute on function app.import_begin() to mutual_app;
grant execute on function app.import_finish(uuid,boolean,boolean,integer,jsonb,integer) to mutual_app;
grant execute on function app.import_goals(jsonb) to mutual_app;
grant execute on function app.import_organization() to mutual_app;
grant execute on function app.invitable(uuid[]) to mutual_app;
grant execute on function app.invitation_link(bytea) to mutual_app;
grant execute on function app.invite(uuid[]) to mutual_app;
grant execute on function app.is_known_device(text,bytea) to mutual_app;
grant execute on function app.is_own_open_point(uuid) to mutual_app;
grant execute on function app.is_refusable(uuid,uuid,boolean,timestamp with time zone,timestamp with time zone) to mutual_app;
grant execute on function app.last_author_of_item(uuid,uuid) to mutual_app;
grant execute on function app.lines_of_author(uuid,uuid) to mutual_app;
grant execute on function app.link_mail(uuid,bytea) to mutual_worker;
grant execute on function app.mail_sent(uuid) to mutual_worker;
grant execute on function app.mandate_ended_at(timestamp with time zone,timestamp with time zone,uuid) to mutual_app;
grant execute on function app.offered_handover_ids() to mutual_app;
grant execute on function app.one_to_one_ids() to mutual_app;
grant execute on function app.one_to_ones_to_plan(uuid,integer) to mutual_worker;
grant execute on function app.open_line_id(uuid,uuid) to mutual_app;
grant execute on function app.open_line_of_report(uuid) to mutual_app;
grant execute on function app.open_one_to_one_ids() to mutual_app;
grant execute on function app.open_period(uuid,date,jsonb,jsonb) to mutual_worker;
grant execute on function app.organization() to mutual_app;
grant execute on function app.organization_as(text) to mutual_app;
grant execute on function app.own_address_change() to mutual_app;
grant execute on function app.own_former_managers() to mutual_app;
grant execute on function app.own_password_context() to mutual_app;
grant execute on function app.own_password_parameters() to mutual_app;
grant execute on function app.own_pulses() to mutual_app;
grant execute on function app.own_share_begins_pending(uuid) to mutual_app;
grant execute on function app.own_share_state(uuid) to mutual_app;
grant execute on function app.password_parameters(text) to mutual_app;
grant execute on function app.password_reset_link(bytea) to mutual_app;
grant execute on function app.people_of_own_goals() to mutual_app;
grant execute on function app.people_to_erase(integer) to mutual_worker;
grant execute on function app.period_classes(uuid) to mutual_worker;
grant execute on function app.period_groups(uuid) to mutual_worker;
grant execute on function app.periods_to_open(integer) to mutual_worker;
grant execute on function app.place_point(uuid,uuid) to mutual_app;
grant execute on function app.plan_conversation(uuid,text,timestamp with time zone) to mutual_worker;
grant execute on function app.postpone_point(uuid) to mutual_app;
grant execute on function app.publish_nameless_barriers() to mutual_worker;
grant execute on function app.pulse_answers(uuid) to mutual_worker;
grant execute on function app.pulse_participants(uuid,timestamp with time zone) to mutual_worker;
grant execute on function app.pulse_questions(uuid) to mutual_worker;
grant execute on function app.queued_mail(uuid) to mutual_worker;
grant execute on function app.raise_nameless_barrier(text,text,text,boolean,uuid) to mutual_app;
grant execute on function app.readable_trend_release_ids() to mutual_app;
grant execute on function app.recorded_actions() to mutual_app;
grant execute on function app.register_trend_participants(uuid) to mutual_worker;
grant execute on function app.remind_after_conversations() to mutual_worker;
grant execute on function app.remind_before_conversations() to mutual_worker;
grant execute on function app.remind_leavers() to mutual_worker;
grant execute on function app.remind_of_areas_without_answerer() to mutual_worker;
grant execute on function app.remind_of_due_barriers() to mutual_worker;
grant execute on function app.removed_words() to mutual_app;
grant execute on function app.request_address_change(text,text) to mutual_app;
grant execute on function app.request_password_reset(text) to mutual_app;
grant execute on function app.reset_password(bytea,text,bytea,text) to mutual_app;
grant execute on function app.return_points(uuid) to mutual_app;
grant execute on function app.return_postponed_point(uuid,uuid) to mutual_app;
grant execute on function app.revealed_feedback_ids() to mutual_app;
grant execute on function app.rewrite_pulse_tables() to mutual_worker;
grant execute on function app.set_account_disabled(uuid,boolean) to mutual_app;
grant execute on function app.set_current_values(uuid,integer,uuid[],double precision[]) to mutual_app;
grant execute on function app.shared_goal_ids() to mutual_app;
grant execute on function app.sign_in(text,text,bytea,text) to mutual_app;
grant execute on function app.signed_in_organization() to mutual_app;
grant execute on function app.signed_in_person() to mutual_app;
grant execute on function app.similar_external_id(text,uuid) to mutual_app;
grant execute on function app.start_of_day(date,text) to mutual_app;
grant execute on function app.store_idempotency_result(text,text,jsonb) to mutual_app;
grant execute on function app.store_pulse_answers() to mutual_worker;
grant execute on function app.story_adopters(uuid[]) to mutual_app;
grant execute on function app.takes_feedback(uuid) to mutual_app;
grant execute on function app.today() to mutual_app;
grant execute on function app.today_in(uuid) to mutual_app;
grant execute on function app.token_scopes() to mutual_app;
grant execute on function app.touch_session() to mutual_app;
grant execute on function app.transfer_business_goal(uuid,integer,uuid) to mutual_app;
grant execute on function app.transfer_goals_of_leavers() to mutual_worker;
grant execute on function app.trend_answer_groups(uuid,text) to mutual_worker;
grant execute on function app.trend_groups(uuid) to mutual_worker;
grant execute on function app.trend_head_names(uuid[]) to mutual_app;
grant execute on function app.trend_history(uuid,text) to mutual_worker;
grant execute on function app.trend_managers(uuid) to mutual_worker;
grant execute on function app.trend_months(uuid,text) to mutual_worker;
grant execute on function app.trend_people(uuid) to mutual_worker;
grant execute on function app.trend_questions(uuid,text) to mutual_worker;
grant execute on function app.trend_values(uuid,text,text) to mutual_worker;
grant execute on function app.undo_decline(uuid) to mutual_app;
grant execute on function app.undo_notes_import(uuid) to mutual_app;
grant execute on function app.usable_time_zone(text[]) to mutual_app;
grant execute on function app.viewer() to mutual_app;
grant execute on function app.viewer_node_id() to mutual_app;
grant execute on function app.waiting_mail() to mutual_worker;
grant execute on function app.withdraw_conversation(uuid,uuid) to mutual_app;
grant execute on function app.words_of_line(text) to mutual_app;
grant execute on function finite_number(double precision) to mutual_app;
grant execute on function folded_address(text) to mutual_app;
grant execute on function folded_id(text) to mutual_app;
grant execute on function folded_name(text) to mutual_app;
grant execute on function graphile_worker.add_job(text,json,text,timestamp with time zone,integer,text,integer,text[],text) to mutual_worker;
grant execute on function graphile_worker.add_jobs(graphile_worker.job_spec[],boolean) to mutual_worker;
grant execute on function graphile_worker.force_unlock_workers(text[]) to mutual_worker;
grant execute on function id_twin_key(text) to mutual_app;
grant execute on function punycode(text) to mutual_app;
grant execute on function searchable(text) to mutual_app;
grant execute on function without_forms(text) to mutual_app;
grant usage on schema app to mutual_app;
grant usage on schema app to mutual_worker;
grant usage on schema graphile_worker to mutual_worker;
grant usage on schema public to mutual_app;
grant usage on schema public to mutual_worker;
grant delete on table action_item to mutual_app;
grant delete on table agenda_template to mutual_app;
grant delete on table alignment to mutual_app;
grant delete on table alignment_decline to mutual_app;
grant delete on table barrier to mutual_app;
grant delete on table barrier_support to mutual_app;
grant delete on table business_goal to mutual_app;
grant delete on table business_goal_assignee to mutual_app;
grant delete on table conversation_feedback to mutual_app;
grant delete on table department to mutual_app;
grant delete on table employment_end to mutual_app;
grant delete on table erasure to mutual_app;
grant insert on table goal_access to mutual_app;
grant delete on table goal_update to mutual_app;
grant insert, select, update on table graphile_worker._private_job_queues to mutual_worker;
grant delete, insert, select, update on table graphile_worker._private_jobs to mutual_worker;
grant insert, select, update on table graphile_worker._private_known_crontabs to mutual_worker;
grant insert, select on table graphile_worker._private_tasks to mutual_worker;
grant select on table graphile_worker.migrations to mutual_worker;
grant delete on table key_result to mutual_app;
grant delete on table location to mutual_app;
grant delete on table milestone to mutual_app;
grant delete on table notes_import to mutual_app;
grant insert on table person_time_zone to mutual_app;
grant delete on table personal_goal to mutual_app;
grant delete on table procedure_area to mutual_app;
grant delete on table reporting_line to mutual_app;
grant delete on table role_grant to mutual_app;
grant select on table schema_migration to mutual_app;
grant select on table schema_migration to mutual_worker;
grant delete on table story to mutual_app;
grant delete on table story_adoption to mutual_app;
grant delete on table talking_point to mutual_app;
grant delete on table talking_point_subject to mutual_app;
