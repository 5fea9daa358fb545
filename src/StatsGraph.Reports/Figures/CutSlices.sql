-- Slices follow each other without gaps, so a session touches those from the one it begins in to the one it ends in.
(
    select touching.*, unnest(range(first_slice, last_slice + 1)) as number
    from (
        select beginning.*, final.number as last_slice
        from (
            select passing.*, initial.number as first_slice
            from passing asof join slice as initial on greatest(passing.start, $since) >= initial.slice_from
        ) as beginning
        asof join slice as final on least(beginning.touched_until, $until) - 1 >= final.slice_from
    ) as touching
) as spread
join slice using (number)
