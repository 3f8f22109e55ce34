-- Measured numbers are finite, and none is so large or so small that a progress cannot be computed from it. What the API let in
-- before (a number in a document that no floating-point number holds became infinite) becomes the nearest number that is allowed.
--
-- squawk-ignore-file constraint-missing-not-valid

create function finite_number(number double precision) returns boolean
language sql immutable parallel safe
return number is null or number = 0 or abs(number) between 1e-15 and 1e15;

create function pg_temp.nearest_allowed(number double precision) returns double precision language sql immutable as $$
  select case when abs(number) < 1e-15 then 0 else greatest(least(number, 1e15), -1e15) end
$$;

update personal_goal
set measure_start = pg_temp.nearest_allowed(measure_start), measure_current = pg_temp.nearest_allowed(measure_current),
    measure_target = pg_temp.nearest_allowed(measure_target)
where not (finite_number(measure_start) and finite_number(measure_current) and finite_number(measure_target));
update goal_update set measured_value = pg_temp.nearest_allowed(measured_value) where not finite_number(measured_value);
update key_result
set start_value = pg_temp.nearest_allowed(start_value), current_value = pg_temp.nearest_allowed(current_value),
    target_value = case
      -- A start and a target that become the same number would leave no way.
      when pg_temp.nearest_allowed(start_value) = pg_temp.nearest_allowed(target_value)
        then pg_temp.nearest_allowed(start_value) - 1
      else pg_temp.nearest_allowed(target_value) end
where not (finite_number(start_value) and finite_number(current_value) and finite_number(target_value));

alter table personal_goal add constraint personal_goal_finite_measure
  check (finite_number(measure_start) and finite_number(measure_current) and finite_number(measure_target));
alter table goal_update add constraint goal_update_finite_value check (finite_number(measured_value));
alter table key_result add constraint key_result_finite_values
  check (finite_number(start_value) and finite_number(current_value) and finite_number(target_value));
