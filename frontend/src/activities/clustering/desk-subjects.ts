/**
 * U24: common subjects of notes from working life, and words that indicate them, Danish and English, so that notes can
 * be read together that share a subject but no word. The subject itself is never shown.
 *
 * A term is the beginning of a word; with five letters or more it may also be inside a compound. `~`: a weak
 * indication; `=`: the whole word; several words: in sequence.
 */
const SUBJECTS = [
  // Workload and time pressure
  `
    travl, stress, tidspres, ~pres, arbejdspres, presset, tempo, hastværk, =haster, skynd, ~løbe, vi løber,
    løber stærkt, når ikke, =nå, ikke nå, deadline, tidsfrist, frister, overarbejd, overtid, bemanding,
    underbemand, normering, mangler folk, mangler hænder, for få, for lidt tid, ikke tid, ingen tid, mangel på
    tid, sygefravær, ~sygemeld, vikar, bagud, bagefter, for meget, for mange, arbejdsmængde, arbejdsbyrde,
    opgavemængde, belastning, udbrændt, udkørt, udmattet, =træt, brandslukning, bunke, på en gang, samme tid,
    ~alene med, pauser, ~pause, frokosten, dårlig samvittighed, ekstra vagter, ekstraarbejde, spidsbelast,
    højsæson, travle perioder, aldrig færdig, mere arbejde, færre, ressourcer, kvote, målt, måltal,
    produktionskrav, hjem om aftenen, arbejder om aftenen, weekendarbejde, ~hele tiden på, puste, workload,
    overload, overwhelm, overtime, backlog, ~behind, busy, rush, pressure, exhaust, burnout, burned out, burnt
    out, understaffed, short staffed, crunch, too much, too many, too few, not enough people, not enough staff,
    no time, never enough, firefighting, tired, overworked, sla, queue, pace, targets, slack, weekend work, at
    my desk, timeline, capacity, resources, sick leave, skip breaks, breaks, workday, double shift, two people,
    stretched
  `,
  // Meetings and interruptions
  `
    afbryd, forstyr, møde, ~møder, mødekultur, statusmøde, notifikation, koncentrer, koncentration, fokus, ~ro
    til, arbejdsro, multitask, kalender, teams beskeder, mails hele dagen, telefonen ringer, fordybelse,
    ~dagsorden, interrupt, meeting, distract, focus, concentrat, context switch, notification, ping, slack,
    calls, back to back, calendar, quick question, quiet time, pulled, jumping between, flow, inbox, emails
  `,
  // Paperwork and rules
  `
    dokument, registrer, skema, papir, blanket, bureaukrati, procedure, regler, ~krav, lovgiv, =loven,
    kontrolkrav, audit, tilsyn, rapport, afvigelse, compliance, sop, gmp, underretning, journalfør, notat,
    skrivearbejde, administration, administrativ, godkendelser, handleplan, læreplan, formalia, skal skrives,
    udfyld, dobbeltarbejde, aula, kontorarbejde, paperwork, documentation, forms, red tape, bureaucra,
    signature, regulation, rules, reporting, admin, approval form, qa review, filling in, record keeping
  `,
  // IT, systems and equipment
  `
    it, it-, system, computer, program, login, logge, log ind, kodeord, adgangskode, netværk, =nettet, wifi,
    printer, nede, ~langsom, crash, hænger, fryser, opdatering, maskin, ~udstyr, værktøj, reservedel, i stykker,
    virker ikke, virker aldrig, driller, vedligehold, scanner, skanner, tekniker, apparat, software, licens,
    batteri, terminal, sensor, robot, teknik, taster, forældet, crm, laptop, legacy, outdated, broken, breaks,
    slow, vpn, machine, equipment, tool, log in, logging in, password, integrat, server, network, license,
    permission, macro, bug, instrument, freezer, knowledge base, search, maintenance, spare part, down again
  `,
  // Noise
  `
    støj, larm, lydniveau, ~lyd, akustik, råb, skrig, runger, rummene runger, høreværn, ørerne, ører, høj musik,
    hovedpine, noise, noisy, loud, ears, ear plugs, acoustic
  `,
  // Premises and indoor climate
  `
    kold, iskold, kulde, ~varm, ~varme, trækker, gennemtræk, træk fra, luftkvalitet, udluft, ~lys, dårligt lys,
    støv, indeklima, lugt, toilet, lokale, rod, rodet, beskidt, snavs, storrum, åbent kontor, kontorland, stole,
    skrivebord, hæve sænke, omklædning, kantine, temperatur, ventilation, rengøring, faciliteter, ~plads til,
    cold, hot, heat, draft, draught, light, dust, air, dirty, bathroom, desk, chair, temperature, ventilat,
    aircon, open plan, office, room, smell, window, facilities, cleaning
  `,
  // Physical strain
  `
    ryg, ryggen, knæ, skulder, løft, tung, slid, nedslid, ~krop, ondt, smerte, ensidig, gentag, fysisk hård,
    arbejdsstilling, ergonomi, nakke, hænder ondt, bære, back pain, my back, knee, shoulder, heavy, lift, pain,
    body, standing, repetitive, ergonomic, neck, physical, sore, hurts
  `,
  // Safety
  `
    sikkerhed, ulykke, farlig, værnemid, hjelm, nødudgang, flugtvej, truck, klemt, arbejdsmiljørepræ, tryg ved,
    kører for stærkt, overlæsset, safety, accident, danger, unsafe, protective, helmet, near miss, emergency
    exit, forklift, hazard, injur
  `,
  // Information and communication
  `
    information, informer, kommunik, besked, overlever, at vide, orienter, referat, rygte, misforstå, sidste
    øjeblik, ingen fortalte, fortalt, fortæller, går tabt, ved ikke hvem, hvem der, videregiv, hører tit,
    opdateret, nyhed, afstem, instruks, ~intranet, communicat, informed, message, handover, hand over, find out,
    found out, nobody told, told, rumour, rumor, misunderst, last minute, unaware, announce, who to ask, gets
    lost, instructions, update us
  `,
  // Direction, goals and change
  `
    ~mål, målsæt, retning, priorit, strategi, forandr, omstrukt, omorganis, organisationsændr, ~ændr, ~planen,
    projekt, rolle, uklar, forvent, usikker, uvished, fremtid, fyring, bespar, spare, sammenlæg, fusion, rød
    tråd, kerneopgave, vigtigst, skifter, ny struktur, nye tiltag, hele tiden nye, halvt år, tydelig, rammer,
    udmelding, modstrid, omstilling, goal, direction, strategy, strateg, reorg, reorganis, restructur, ~change,
    unclear, roadmap, expectation, uncertain, layoff, merger, vision, requirement, roles, measured on, urgent,
    plans get, shifting, what matters, clear
  `,
  // Working hours and schedule
  `
    vagt, vagtplan, skiftehold, skiftende, arbejdstid, mødetid, weekend, ~nat, natarbejde, fridag, ~fri kl,
    ferie, familie, privatliv, balance, fleks, hjemmearbejde, arbejde hjemme, faste tider, varsel, plan, rykket,
    nattevagt, aftenvagt, søvn, overarbejde med, fri til, hente børn, deltid, lørdag, søndag, shift, rota,
    roster, schedule, hours, night, family time, work life, flexib, holiday, part time, working from home,
    remote, predictable, sunday, saturday, days off, day off, on call
  `,
  // Leadership and support
  `
    leder, ledelse, chef, mester, formand, =boss, souschef, direktør, teamleder, afdelingsleder, værkfører,
    opbakning, ~støtte, bakker op, står bag, døren er, sparring, ~synlig, usynlig, ikke til stede, kender ikke
    hverdagen, retfærdig, respekt, ærlig, holder hvad, ordentlighed, boss, manager, leader, supervisor,
    management, supportive, backs us, stands up for, listens, door is, fair, respect, shouts, honest, absent,
    never there, foreman, team lead
  `,
  // Influence and freedom
  `
    bestem, ~selv, frihed, frie tøjler, indflyd, medbestem, medindflyd, selvbestem, beslut, lytter, ~bliver
    hørt, bliver ikke hørt, spørger, spurgt, spørge os, forslag, idé, ideer, kontrol, tillid, stoler,
    detailstyr, mikro, overvåg, ansvar, selvstændig, tilrettelæg, planlægge selv, topstyr, ovenfra, oppefra, hen
    over hovedet, ned over hovedet, trukket ned, inddrag, over skulderen, blander sig, til råds, metode, taget
    alvorligt, autonomi, selvled, raderum, tvunget, inddraget, autonom, freedom, decide, decision, having a say,
    no say, a say, trust, ideas, idea, suggestion, micromanag, choose, pick my own, asked, asks, ask us, listen
    to us, approv, control, ownership, responsib, independ, own pace, own hours, breathes down, top down, told
    not asked, overrul, above us, judgement, judgment, scripts, monitor, tracked, watched, empower, room to
    experiment, my way, flexible
  `,
  // Colleagues and belonging
  `
    kolleg, makker, sammenhold, fællesskab, grin, humor, ~sjov, hygge, gutterne, drengene, holdånd, teamet,
    hjælper hinanden, hjælpes ad, passer på hinanden, god stemning, stemning, jargon, ~tone, smil, hilser,
    godmorgen, venner, venskab, savnet, taget godt imod, tager godt imod, frokost sammen, fredagsøl, fredagsbar,
    sammen, kammerat, hinanden, latter, arbejdsklima, sociale, fester, rart at være, hjemme, være mig selv,
    svendene, psykologisk tryg, colleague, coworker, co-worker, workmate, mates, my team, the team, teamwork,
    laugh, fun, friend, together, belong, banter, kind people, people here, like family, help each other,
    atmosphere, jokes, crew, social, birthday, welcom, be myself, inclusive, lunch together, seat at lunch, nice
    people, camarad
  `,
  // Working together and tone
  `
    samarbejd, konflikt, sladder, dårlig stemning, klike, mobning, mobbe, uenig, bag ryggen, i krogene, dårlig
    tone, ~skyld, tager ikke deres del, laver mindre, de samme der, rydder ikke op, oprydning, trækker ikke,
    samme regler, sige sin mening, hakkeorden, ensom, udenfor, splid, ikke hilser, holdninger, misundelse, brok,
    conflict, gossip, clique, bullying, toxic, blame, passive aggressive, tension, bad atmosphere, behind your
    back, backstab, lonely, isolated, left out, disagree, us versus, not helping
  `,
  // Across teams
  `
    afdeling, på tværs, tværfaglig, silo, videndeling, vidensdeling, taler forbi, faggrupper, daghold, nathold,
    andre hold, de andre, kundeservice, svarer ikke, overblik over hvem, sprog, engelsk, dansk, taler ikke
    sammen, stuer, mellem, other teams, departments, department, across, developers, engineering, product,
    escalate, second class, between teams, knowledge sharing, sharing knowledge, wait on, waiting on other,
    handovers, throw, language, danish, english, sites, cooperat, collaborat
  `,
  // Onboarding
  `
    oplær, introdukt, ~nye folk, nyansat, nyuddan, vejled, mentor, elev, lærling, erfarne, personaleomsætning,
    opsigelser, onboarding, new hires, newcomers, introduction, people leave, train new
  `,
  // Recognition
  `
    anerkend, ros, =tak, klap, påskøn, værdsat, værdsæt, skideballe, skæld ud, skældud, lagt mærke, lægger
    mærke, bliver set, ser hvad jeg, når det går galt, fejl, numre, feedback, usynligt arbejde, gør det godt,
    sige tak, indsats, recogni, appreciat, thank, praise, credit, valued, undervalued, invisible, unnoticed,
    noticed, good work, mistakes, celebrate, well done
  `,
  // Pay and conditions
  `
    løn, lønn, penge, tillæg, bonus, pension, overenskomst, feriepenge, fryns, goder, personalerabat, firmabil,
    arbejdstøj, akkord, fast arbejde, fastansæt, forsørge, betalt, ~betaler, ordnede forhold, jobsikkerhed,
    ansættelse, forsikring, tryghed i job, lønforhandling, pay, paid, salary, wage, money, benefit, discount,
    perk, contract, job security, permanent, title, raise, healthcare, insurance, underpaid, bills, market rate,
    compensation
  `,
  // Learning and development
  `
    lære, lærer, lært, udvikl, kursus, kurser, uddan, efteruddan, udfordr, karriere, avance, viden, dygtig,
    bedre til mit, kompetence, faglig udvik, nye teknikker, prøve, blive klogere, specialist, forfrem, vokse,
    mester i, learn, grow, develop, course, training, career, promot, skill, challenge, conference, certificate,
    get better, curios, stagnat, progress, education, teach, taught, path, workshop, level
  `,
  // Meaning and pride
  `
    stolt, mening, gør en forskel, gøre en forskel, forskel, resultat, stå færdig, færdigt, kvalitet, håndværk,
    formål, betyd, nytte, vigtig, bidrag, godt stykke arbejde, stykke arbejde, bygge, har lavet, holder i, set
    komme op, giver mening, fagligt, for andre, samfund, hjælpe andre, mit fag, flot, bliver stående, proud,
    pride, meaning, purpose, difference, result, quality, craft, matters, important, contribut, believe,
    outlive, preserv, heritage, stands for, profit, worthwhile, impact, society, good cause, values, mission
  `,
  // The people we serve
  `
    kund, borger, patient, bruger, gæst, beboer, børnene, børn, elever, forældre, glade kunder, tilfreds,
    anbefaler, siger tak, customer, client, guest, visitor, users, regulars, students, children, kids, public,
    tourist, shopper, school groups, serve, somebody's
  `,
  // Emotional demands
  `
    vred, sur, trus, vold, skæld, klage, klager, grov, psykisk, græd, død, svære samtaler, svære forløb,
    pårørende, mødre, fædre, far og mor, forældre, forældresamtale, familier, urimelig, urealistisk, tager det
    med hjem, med hjem, konflikter med, mistænk, kræver, følelsesmæssig, sorg, angry, rude, abus, threat,
    shouted, yell, complain, emotional, cry, drain, insult, never happy, polite, callers, lawyers, aggressive,
    violence, anger, difficult customer, difficult clients, upset, grief
  `,
  // Variety
  `
    variation, variere, afveksl, forskellige, aldrig ens, dage er ens, nye steder, nye mennesker, kedelig,
    samlebånd, skiftende bygge, ikke to dage, den ene dag, både, variety, varied, different, never the same,
    every day is, no two, mix of, not boring, bored, boring, never boring, one day, all the time, range of, new
    things, new exhibitions
  `,
  // Surroundings
  `
    natur, frisk luft, ude, udendørs, vejr, =sol, solen, udsigt, ~have, bygning, smuk, bevæge, skov, himmel,
    årstid, fysisk træt, dø på et kontor, foran en skærm, bruge kroppen, motion, outdoors, outside, view,
    nature, sun, garden, building, beautiful, fresh air, house, walk, morning light, old books, place,
    surroundings, galleries, smells
  `,
];

interface Term {
  readonly subject: number;
  readonly text: string;
  readonly whole: boolean;
  readonly share: number;
}

const TERMS = SUBJECTS.flatMap((terms, subject) =>
  terms.split(",").map((written): Term => {
    const [, marks = "", text = ""] = /^([~=]*)(.*)$/s.exec(written.trim().replace(/\s+/g, " ")) ?? [];
    return { subject, text, whole: marks.includes("="), share: marks.includes("~") ? 0.4 : 1 };
  }),
);
const WORDS = TERMS.filter(({ text }) => !text.includes(" "));
const PHRASES = TERMS.filter(({ text }) => text.includes(" "));
/** The minimum length of a term that is found inside a word. */
const INSIDE = 5;
const ALONE = 3;
/** However often a note contains it. */
const MOST = 2;

/** The subjects of a text with weights whose squares add up to one; empty if no term is found. */
export function subjectsOf(text: string): ReadonlyMap<number, number> {
  const words = text.toLocaleLowerCase("da").match(/\p{L}+/gu) ?? [];
  const found = new Map<number, number>();
  const add = (subject: number, share: number) =>
    found.set(subject, Math.min(MOST, (found.get(subject) ?? 0) + share));
  for (const word of words) {
    const own = new Map<number, number>();
    for (const term of WORDS)
      own.set(term.subject, Math.max(own.get(term.subject) ?? 0, term.share * hit(word, term)));
    const told = [...own].filter(([, share]) => share > 0);
    // A word of several subjects has less weight for each.
    for (const [subject, share] of told) add(subject, share / Math.sqrt(told.length));
  }
  const said = ` ${words.join(" ")}`;
  for (const { subject, text, share } of PHRASES) if (said.includes(` ${text}`)) add(subject, 1.5 * share);
  const length = Math.hypot(...found.values());
  return new Map([...found].map(([subject, share]) => [subject, share / length]));
}

function hit(word: string, { text, whole }: Term): number {
  if (word === text) return 1.1;
  if (whole || text.length <= ALONE) return 0;
  if (word.startsWith(text)) return 1;
  if (text.length < INSIDE) return 0;
  return word.endsWith(text) ? 0.9 : word.includes(text) ? 0.8 : 0;
}
