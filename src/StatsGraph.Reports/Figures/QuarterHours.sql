-- listener_quarters: for each whole quarter hour (900 s) of the row's time the listeners with 5 minutes (300 s) of listening in it,
-- summed over those quarter hours.
, quarter as (
    select slice_key, d1, d2, d3, listener, slice_from, slice_to, open_from, open_to,
        unnest(range(open_from // 900, (open_to - 1) // 900 + 1)) as number
    from piece
    where seconds > 0
),
heard as (
    select slice_key, d1, d2, d3, listener, number
    from quarter
    where number * 900 >= slice_from and (number + 1) * 900 <= slice_to
    group by all
    having sum(least(open_to, (number + 1) * 900) - greatest(open_from, number * 900)) >= 300
)
select slice_key, d1, d2, d3, count(*) as listener_quarters
from heard
group by all
