-- Sessions with the zone's hour of their start.
(
    select counted.*, (((start + offset_seconds) % 86400 + 86400) % 86400) // 3600 as hour_of_day
    from {{rows}} as counted asof join zone on start >= since
)
