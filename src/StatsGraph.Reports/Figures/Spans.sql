-- When each session began and ended that passes the filter and is open at an instant of the period.
select mount, start, "end"
from {{sessions}}
where start < $until and "end" > $since and "end" > start and mount is not null and {{filter}}
