-- Lines of each class.
select class, count(*) as lines
from {{lines}}
group by class
