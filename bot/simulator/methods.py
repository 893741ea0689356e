"""The methods of the Bot API that the simulator answers, by name."""

from collections.abc import Callable, Mapping

from bot.simulator import inline, membership, profile, sending, webhook
from bot.simulator.params import Params
from bot.simulator.world import World

Method = Callable[[World, Params], object]

# Names are matched without regard to case, as Telegram does. getUpdates waits, so it is apart.
METHODS: Mapping[str, Method] = {
    "answercallbackquery": sending.answer_callback_query,
    "answerinlinequery": inline.answer_inline_query,
    "deletemessage": sending.delete_message,
    "deletemycommands": profile.delete_my_commands,
    "deletewebhook": webhook.delete_webhook,
    "editmessagereplymarkup": sending.edit_message_reply_markup,
    "editmessagetext": sending.edit_message_text,
    "getchat": membership.get_chat,
    "getchatadministrators": membership.get_chat_administrators,
    "getchatmember": membership.get_chat_member,
    "getfile": lambda world, params: world.files.get_file(params),
    "getme": profile.get_me,
    "getmycommands": profile.get_my_commands,
    "getmydescription": profile.get_my_description,
    "getmyname": profile.get_my_name,
    "getmyshortdescription": profile.get_my_short_description,
    "getwebhookinfo": webhook.get_webhook_info,
    "leavechat": membership.leave_chat,
    "sendchataction": sending.send_chat_action,
    "senddocument": sending.send_document,
    "sendmessage": sending.send_message,
    "setmessagereaction": sending.set_message_reaction,
    "setmycommands": profile.set_my_commands,
    "setmydescription": profile.set_my_description,
    "setmyname": profile.set_my_name,
    "setmyshortdescription": profile.set_my_short_description,
    "setwebhook": webhook.set_webhook,
}
