-- Sessions and hours day by day. Nearly all sessions lie within one day; those that do not are cut at each midnight they span.
with session as (
    select
        epoch_us(started_at) as begun,
        epoch_us(ended_at) as ended,
        started_at >= {from} as is_new,
        (greatest(started_at, {from}) at time zone '{zone}')::date as first_day,
        (least(greatest(ended_at - interval 1 microsecond, started_at), {to} - interval 1 microsecond) at time zone '{zone}')::date as last_day
    from {lines}
    where class = 'listener' and ended_at >= {from} and started_at < {to}
),
piece as (
    select first_day as day, is_new, greatest(begun, epoch_us({from})) as open_from, ended as open_to
    from session
    where first_day >= last_day
    union all
    select
        day, is_new and day = first_day,
        greatest(begun, epoch_us(day::timestamp at time zone '{zone}')),
        least(ended, epoch_us((day + 1)::timestamp at time zone '{zone}'))
    from (
        select begun, ended, is_new, first_day, unnest(generate_series(first_day, last_day, interval 1 day))::date as day
        from session
        where first_day < last_day
    )
)
select
    epoch_us(day::timestamp at time zone '{zone}') // 1000000 as key,
    count(*) filter (is_new) as sessions,
    sum(greatest(least(open_to, epoch_us({to})) - open_from, 0)) / 3.6e9 as tuning_hours
from piece
group by day
