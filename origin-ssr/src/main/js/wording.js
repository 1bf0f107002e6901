export function schoolName(school) {
  return school.charAt(0).toUpperCase() + school.slice(1);
}

export function levelName(level) {
  return level === 0 ? 'Cantrip' : `Level ${level}`;
}

export function firstSentence(text) {
  const end = text.search(/[.!?](\s|$)/);
  return end < 0 ? text : text.slice(0, end + 1);
}

export function counted(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The query string of a list; parameters at their defaults are left out, so that equal lists have equal addresses. */
export function listQuery({ q, school, level, sort, page }) {
  const pairs = [];
  if (q) pairs.push(['q', q]);
  if (school) pairs.push(['school', school]);
  if (level !== null && level !== undefined && level !== '') pairs.push(['level', level]);
  if (sort && sort !== 'name') pairs.push(['sort', sort]);
  if (page > 1) pairs.push(['page', page]);
  const text = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return text && `?${text}`;
}
