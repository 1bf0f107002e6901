import { firstSentence, levelName, schoolName } from '../wording.js';
import { PrepareButton } from './prepare-button.jsx';

export function SpellCard({ spell }) {
  return (
    <li className={`card school-${spell.school}`}>
      <h2>
        <a href={`/spells/${spell.id}`}>{spell.name}</a>
      </h2>
      <p className="marks">
        <span className="school">{schoolName(spell.school)}</span>
        <span>{levelName(spell.level)}</span>
        <span>{spell.castingTime}</span>
      </p>
      <p>{firstSentence(spell.description)}</p>
      <PrepareButton id={spell.id} name={spell.name} />
    </li>
  );
}
