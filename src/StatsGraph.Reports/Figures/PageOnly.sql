-- Sessions of the groups of one page only.
(
    select counted.*
    from {{rows}} as counted
    semi join (
        select unnest($page_d1::varchar[]) as page_d1, unnest($page_d2::varchar[]) as page_d2, unnest($page_d3::varchar[]) as page_d3
    ) as page
    on {{match}}
)
