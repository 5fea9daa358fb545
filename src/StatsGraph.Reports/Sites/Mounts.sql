-- Mounts that listeners ever tuned in to.
select distinct mount
from {{lines}}
where class = 'listener'
