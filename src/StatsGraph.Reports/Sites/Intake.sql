-- Lines of each class, by file.
select filename, class, count(*) as lines
from {{lines}}
group by filename, class
