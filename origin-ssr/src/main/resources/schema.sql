CREATE TABLE IF NOT EXISTS spell (
    id           VARCHAR(64)   NOT NULL PRIMARY KEY,
    name         VARCHAR(80)   NOT NULL,
    school       VARCHAR(16)   NOT NULL,
    spell_level  INTEGER       NOT NULL,
    casting_time VARCHAR(80)   NOT NULL,
    reach        VARCHAR(80)   NOT NULL,
    components   VARCHAR(80)   NOT NULL,
    duration     VARCHAR(80)   NOT NULL,
    description  VARCHAR(2000) NOT NULL
);

CREATE INDEX IF NOT EXISTS spell_by_school ON spell (school, name);
