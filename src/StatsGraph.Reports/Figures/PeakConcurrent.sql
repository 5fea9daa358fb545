-- peak: the largest number of sessions open at one instant of the row's time, and the first instant it was reached.
-- A session is open from its start up to, not including, its end.
, change as (
    select slice_key, d1, d2, d3, open_from as instant, 1 as step from piece where seconds > 0
    union all
    select slice_key, d1, d2, d3, open_to as instant, -1 as step from piece where seconds > 0
),
net as (
    select slice_key, d1, d2, d3, instant, sum(step) as step from change group by all
),
level as (
    select slice_key, d1, d2, d3, instant, sum(step) over (partition by slice_key, d1, d2, d3 order by instant) as open from net
)
select slice_key, d1, d2, d3, max(open)::bigint as peak, first(instant order by open desc, instant) as peak_at
from level
group by all
