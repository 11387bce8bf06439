"""What leaves, and what did not arrive."""

SENTENCES = {
    "channel.address": "Give the address of the channel.",
    "channel.gone": "There is no such channel any more.",
    "channel.kept": "{name} is kept. A test message shows whether it works.",
    "channel.kind": "A channel is mail, webhook, slack, hubspot or salesforce.",
    "channel.name": "Give the channel a name of at most {most} characters that no other channel has.",
    "channel.no_crm": "Only HubSpot and Salesforce take people over. Choose such a channel.",
    "channel.no_test": "A CRM takes people, and no test message. Hand over a campaign of one person to try it.",
    "channel.options": "These settings of the channel cannot be used. Look at its version, field or prefix again.",
    "channel.query": "The address may hold a secret. Keep all of it as a secret, and name that here.",
    "channel.secret": "Name the secret of this channel. It stands in secrets.toml or in the environment, never here.",
    "delivery.again": "{host} did not take it (status {status}). It is tried again.",
    "delivery.busy": "{host} asks to wait for {after:.0f} seconds (status {status}). It is tried again.",
    "delivery.certificate": "The certificate of {host} is not one that this server trusts.",
    "delivery.inside": (
        "{host} is inside this server's own network. Whoever runs the server can list it in secrets.toml, "
        "as `inside` of [delivery]."
    ),
    "delivery.moved": "{host} sends elsewhere what was sent to it. Nothing was delivered: give the new address.",
    "delivery.no_answer": "{host} did not answer.",
    "delivery.no_mail": "No mail server is known. Whoever runs this one names it in secrets.toml, as [delivery.mail].",
    "delivery.no_secret": "There is no secret called “{name}”. Whoever runs the server writes it into secrets.toml.",
    "delivery.no_tls": "{host} does not offer an encrypted connection, or no way to sign in.",
    "delivery.not_allowed": "{host} does not know this secret, or what it may do (status {status}).",
    "delivery.not_https": "Give an https address, without a name or password in it.",
    "delivery.not_listed": (
        "{host} is not listed. Whoever runs the server lists it in secrets.toml, as one of `hosts` of [delivery]."
    ),
    "delivery.not_understood": "What was answered is not what is documented. Nobody knows whether it arrived.",
    "delivery.recipient": "Give one e-mail address.",
    "delivery.row": "It was refused there: {why}",
    "delivery.settings": "The section [delivery] of secrets.toml cannot be read. docs/delivery.md shows what it holds.",
    "delivery.status": "{host} refused it (status {status}).",
    "delivery.too_slow": "{host} took too long.",
    "delivery.unknown_host": "There is no host called {host}.",
    "delivery.withdrawn": "It was taken back before it left.",
    "channel.tested": "A test message went to {name}. See whether it arrived.",
    "digest.no_mail": "A digest goes by mail. Choose a channel that is one.",
    "digest.on_its_way": "The digest leaves for {name} within a minute or two.",
    "layout.columns": "Choose one column at least.",
    "layout.intercom": (
        "Intercom sends a message that is live to everybody who matches it, as soon as they are imported. "
        "Look at your live messages first."
    ),
    "layout.mailchimp": (
        "1 address has signs before the @ that Mailchimp does not take: it is left out.",
        "{n} addresses have signs before the @ that Mailchimp does not take: they are left out.",
    ),
    "layout.no_contact_ids": "The ids of contacts come from Salesforce: send the people there first.",
    "layout.unknown": "There is no such layout.",
    "playbook.a_day": "A playbook acts between once and {most} times a day.",
    "playbook.changed_meanwhile": "Somebody changed “{name}” meanwhile. Look again before you change it.",
    "playbook.gone": "There is no such playbook any more.",
    "playbook.kept": "{name} is kept. It looks at whatever is new from now on.",
    "playbook.name": "Give the playbook a name of at most {most} characters that no other one of these data has.",
    "playbook.nobody": "Only an answer, and entering a selection, are about somebody who can be added to a campaign.",
    "playbook.not_run": "{name} was not looked at: {why}",
    "playbook.ran": ("{name}: 1 new case.", "{name}: {n} new cases."),
    "playbook.then": "Say what is to be done: a task with a title, a channel to tell, or a campaign to add people to.",
    "playbook.too_many": "Data have {most} playbooks at most; remove one first.",
    "playbook.when": "Say when: an answer, somebody entering a selection, health or score falling, silence, a digest.",
    "work.delivered": ("1 message was delivered.", "{n} messages were delivered."),
    "work.gave_up": (
        "1 message could not be delivered; its channel says why.",
        "{n} messages could not be delivered; their channels say why.",
    ),
}
