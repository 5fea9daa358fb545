-- Listeners with 5 minutes of listening in a quarter hour, averaged over the quarter hours of the period.
with session as (
    select
        listener,
        epoch_us(greatest(started_at, {from})) // 1000000 as open_from,
        epoch_us(least(ended_at, {to})) // 1000000 as open_to
    from {lines}
    where class = 'listener' and ended_at > {from} and started_at < {to} and ended_at > started_at
),
piece as (
    select listener, open_from, open_to, unnest(range(open_from // 900, (open_to - 1) // 900 + 1)) as quarter
    from session
),
heard as (
    select listener, quarter
    from piece
    group by listener, quarter
    having sum(least(open_to, (quarter + 1) * 900) - greatest(open_from, quarter * 900)) >= 300
)
select '' as key, count(*) / ((epoch({to}) - epoch({from})) / 900) as average_quarter_hour
from heard
