-- When each session began and ended that passes the filter and is open at an instant of the period.
with zone as (
    select unnest($zone_since::bigint[]) as since, unnest($zone_offset::bigint[]) as offset_seconds
)
select mount, start, "end"
from {{sessions}}
where start < $until and "end" > $since and "end" > start and mount is not null and {{filter}}
