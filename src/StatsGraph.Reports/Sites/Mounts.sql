-- Mounts that listeners ever tuned in to, by file.
select distinct filename, mount
from {{lines}}
where class = 'listener' and mount is not null
