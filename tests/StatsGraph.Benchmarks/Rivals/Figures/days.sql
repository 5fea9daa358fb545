-- Sessions and hours day by day: each session is cut at the midnights that it spans, in the zone of the site.
with day as (
    select unnest(range((({from}) at time zone '{zone}')::date::timestamp, ({to}) at time zone '{zone}', interval 1 day)) as day
),
midnight as (
    select epoch_us(day at time zone '{zone}') as day_from, epoch_us((day + interval 1 day) at time zone '{zone}') as day_to
    from day
),
session as (
    select epoch_us(started_at) as begun, epoch_us(ended_at) as ended
    from {lines}
    where class = 'listener' and ended_at >= {from} and started_at < {to}
)
select
    day_from // 1000000 as key,
    count(*) filter (begun >= day_from) as sessions,
    sum(least(ended, day_to) - greatest(begun, day_from)) / 3.6e9 as tuning_hours
from session join midnight on begun < day_to and ended >= day_from
group by day_from
