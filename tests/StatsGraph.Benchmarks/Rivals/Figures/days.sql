-- Sessions and hours day by day, in the zone of the site. The clock of the zone is looked up once for each quarter hour, not for each session;
-- the few sessions that do not lie within one day are cut at the midnights that they span.
with slot as (
    select quarter, (to_timestamp(quarter * 900) at time zone '{zone}')::date as day
    from (select unnest(range((epoch({from}) // 900)::bigint, (epoch({to}) // 900)::bigint)) as quarter)
),
session as (
    select
        epoch_us(greatest(started_at, {from})) // 1000000 as open_from,
        epoch_us(least(ended_at, {to})) // 1000000 as open_to,
        started_at >= {from} as is_new
    from {lines}
    where class = 'listener' and ended_at >= {from} and (ended_at > {from} or started_at >= {from}) and started_at < {to}
),
placed as (
    select session.*, initial.day as first_day, final.day as last_day
    from session
    join slot as initial on initial.quarter = open_from // 900
    join slot as final on final.quarter = greatest(open_to - 1, open_from) // 900
),
piece as (
    select first_day as day, is_new, open_to - open_from as seconds
    from placed
    where first_day = last_day
    union all
    select
        day, is_new and day = first_day,
        least(open_to, epoch((day + 1)::timestamp at time zone '{zone}')) - greatest(open_from, epoch(day::timestamp at time zone '{zone}'))
    from (
        select *, unnest(generate_series(first_day, last_day, interval 1 day))::date as day
        from placed
        where first_day < last_day
    )
)
select epoch(day::timestamp at time zone '{zone}')::bigint as key, count(*) filter (is_new) as sessions, sum(seconds) / 3600.0 as tuning_hours
from piece
group by day
