-- peak: the largest number of sessions open at one instant of the row's time, and the first instant it was reached.
-- A session is open from its start up to, not including, its end.
, change as (
    select slice_key, d1, d2, d3, open_from as at, 1 as step from piece where seconds > 0
    union all
    select slice_key, d1, d2, d3, open_to as at, -1 as step from piece where seconds > 0
),
net as (
    select slice_key, d1, d2, d3, at, sum(step) as step from change group by all
),
level as (
    select slice_key, d1, d2, d3, at, sum(step) over (partition by slice_key, d1, d2, d3 order by at) as open from net
)
select slice_key, d1, d2, d3, max(open)::bigint as peak, first(at order by open desc, at) as peak_at
from level
group by all
