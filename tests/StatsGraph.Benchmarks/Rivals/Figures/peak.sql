-- The most sessions open at an instant of the period, and the first such instant: a sweep over all starts and ends. The sum at an instant takes in
-- all that starts or ends at it.
with session as (
    select epoch_us(greatest(started_at, {from})) // 1000000 as open_from, epoch_us(least(ended_at, {to})) // 1000000 as open_to
    from {lines}
    where class = 'listener' and ended_at > {from} and started_at < {to} and ended_at > started_at
),
change as (
    select open_from as instant, 1 as step from session
    union all
    select open_to, -1 from session
),
level as (
    select instant, sum(step) over (order by instant) as open from change
)
select '' as key, open as sessions, instant as at
from level
order by open desc, instant
limit 1
