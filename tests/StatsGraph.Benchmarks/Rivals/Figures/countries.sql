-- Sessions and hours by country.
select
    country,
    count(*) filter (started_at >= {from}) as sessions,
    sum(least(epoch_us(ended_at), epoch_us({to})) - greatest(epoch_us(started_at), epoch_us({from}))) / 3.6e9 as tuning_hours
from {lines}
where class = 'listener' and ended_at >= {from} and started_at < {to}
group by country
