select network, min(network_name) as name
from {{sessions}}
where list_contains($networks::varchar[], network)
group by network
