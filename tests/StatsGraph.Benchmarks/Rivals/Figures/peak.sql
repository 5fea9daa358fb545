-- The most sessions open at an instant of the period, and the first such instant: a sweep over all starts and ends.
with session as (
    select epoch_us(greatest(started_at, {from})) // 1000000 as open_from, epoch_us(least(ended_at, {to})) // 1000000 as open_to
    from {lines}
    where class = 'listener' and ended_at > {from} and started_at < {to} and ended_at > started_at
),
change as (
    select instant, sum(step) as step
    from (
        select open_from as instant, 1 as step from session
        union all
        select open_to, -1 from session
    )
    group by instant
),
level as (
    select instant, sum(step) over (order by instant) as open from change
)
select '' as key, max(open) as sessions, arg_max(instant, (open, -instant)) as at
from level
