-- The default order of the queue (law.md 6) and the cases, of what is live only: so the first screen of a big store is
-- read without the rest. The expression is reconcile::orderKey; a test of the store holds the two together.
alter table finding_state add column order_key integer generated always as (
    abs(coalesce(json_extract(content, '$.finding.at_risk_shop.minor'),
                 json_extract(content, '$.finding.at_risk.minor'), 0))
    * case json_extract(content, '$.finding.finality')
        when 'leaves-now' then 6 when 'soon' then 4 when 'final' then 1 else 2 end
    * case when coalesce(json_extract(content, '$.finding.at_risk_shop.currency'),
                         json_extract(content, '$.finding.at_risk.currency'))
            in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV',
                'XAF', 'XOF', 'XPF') then 10000
        when coalesce(json_extract(content, '$.finding.at_risk_shop.currency'),
                      json_extract(content, '$.finding.at_risk.currency'))
            in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 10
        when coalesce(json_extract(content, '$.finding.at_risk_shop.currency'),
                      json_extract(content, '$.finding.at_risk.currency'))
            in ('CLF', 'UYW') then 1
        else 100 end) virtual;
create index finding_live_case on finding_state(site, case_id, finding_id) where state <> 'closed';
create index finding_live_order on finding_state(order_key desc, first_seen, finding_id) where state <> 'closed';
drop index finding_live;
